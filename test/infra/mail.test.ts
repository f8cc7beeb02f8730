import { describe, expect, it } from '@jest/globals';
import { environmentOfJob, mailSender } from '../../shared/contracts/jobs.ts';
import { synthesized } from './synthesized.ts';
import { onlyResource, resourcesOf } from './templates.ts';

const prod = await synthesized('prod');

describe('what SES does with mails', () => {
  const { Name } = onlyResource(prod, 'AWS::SES::ConfigurationSet').Properties;

  it('stops at addresses that bounced or complained, and keeps count', () => {
    expect(onlyResource(prod, 'AWS::SES::ConfigurationSet').Properties).toMatchObject({
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    expect(onlyResource(prod, 'AWS::SES::ConfigurationSetEventDestination').Properties).toMatchObject({
      ConfigurationSetName: Name,
      EventDestination: { Enabled: true, MatchingEventTypes: expect.arrayContaining(['bounce', 'complaint']) },
    });
  });

  it('goes by the configuration that functions send with', () => {
    expect(environmentOfJob(mailSender)).toContain('MAIL_CONFIGURATION_SET');
    const environments = resourcesOf(prod, 'AWS::Lambda::Function').map(({ Properties }) => Properties['Environment']);
    const sending = environments.filter((one) => JSON.stringify(one)?.includes('MAIL_FROM'));
    expect(sending.length).toBeGreaterThan(1);
    for (const one of sending) expect(one).toMatchObject({ Variables: { MAIL_CONFIGURATION_SET: Name } });
  });
});
