import { describe, expect, it } from '@jest/globals';
import { ses, sns } from '../../../../../infra/local/proxy/services/query-protocol.ts';
import type { Service } from '../../../../../infra/local/proxy/services/service.ts';

const understand = (service: Service, form: Readonly<Record<string, string>>) => {
  const body = Buffer.from(new URLSearchParams(form).toString());
  return service.understand({ method: 'POST', target: '/', headers: {}, body, region: 'r' }, () => undefined);
};

describe('the rights of an SES call', () => {
  it.each(['SendEmail', 'SendRawEmail'])('for %s are those on the sender’s domain, in his name', (Action) => {
    const needs = [
      {
        action: `ses:${Action}`,
        resource: 'arn:aws:ses:r:000000000000:identity/bitgin.example',
        context: { 'ses:FromAddress': 'no-reply@bitgin.example' },
      },
    ];
    expect(understand(ses, { Action, Source: 'no-reply@bitgin.example' })).toMatchObject({ operation: Action, needs });
    expect(understand(ses, { Action, Source: '"Bit, Gin" <no-reply@bitgin.example>' })).toMatchObject({ needs });
  });

  it('include those on a configuration set', () => {
    const form = { Action: 'SendEmail', Source: 'a@b.example', ConfigurationSetName: 'main' };
    const understood = understand(ses, form);
    expect('needs' in understood && understood.needs[1]?.resource).toBe(
      'arn:aws:ses:r:000000000000:configuration-set/main',
    );
  });

  it.each([{ Action: 'SendEmail' }, { Action: 'DeleteIdentity', Source: 'a@b.example' }, { Action: 'toString' }, {}])(
    'are not known for %j',
    (form) => {
      expect(understand(ses, form)).toEqual({ unknown: expect.stringContaining('does not know which rights the SES') });
    },
  );
});

describe('the rights of an SNS call', () => {
  it('are those on the topic, or on the number of a text message', () => {
    const arn = 'arn:aws:sns:r:000000000000:topic';
    expect(understand(sns, { Action: 'Publish', TopicArn: arn })).toMatchObject({
      needs: [{ action: 'sns:Publish', resource: arn }],
    });
    expect(understand(sns, { Action: 'Publish', PhoneNumber: '+886912345678' })).toMatchObject({
      subject: 'SMS',
      needs: [{ action: 'sns:Publish', resource: '+886912345678' }],
    });
  });

  it.each([{ Action: 'Publish' }, { Action: 'Subscribe' }])('are not known for %j', (form) => {
    expect(understand(sns, form)).toHaveProperty('unknown');
  });
});
