import { describe, expect, it } from '@jest/globals';
import { operatorCredentials } from '../../../../infra/admin/credentials.ts';
import { CommandError, told, UsageError } from '../../../../infra/admin/errors.ts';

describe('what a person is told', () => {
  it('is a sentence where somebody wrote one, and where it happened otherwise', () => {
    expect(told(new UsageError('No stage was given.'))).toBe('No stage was given.');
    expect(told(new CommandError('Refused: not found.'))).toBe('Refused: not found.');
    expect(told(new Error('a fault of ours'))).toMatch(/^Error: a fault of ours\n +at /);
  });

  it('is what AWS refused and why, without the inside of its SDK', () => {
    const refusal = Object.assign(new Error('The security token included in the request is expired'), {
      name: 'ExpiredTokenException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(told(refusal)).toBe(
      'AWS refused: ExpiredTokenException: The security token included in the request is expired',
    );
  });

  it('is how to come by credentials, where there are none', async () => {
    const none = operatorCredentials(() => Promise.reject(new Error('Could not load credentials from any providers')));
    const error: unknown = await none().catch((reason: unknown) => reason);
    expect(told(error)).toMatch(/^There are no credentials of AWS: Could not load .*AWS_PROFILE/);
    const given = { accessKeyId: 'id', secretAccessKey: 'secret' };
    expect(await operatorCredentials(() => Promise.resolve(given))()).toBe(given);
  });
});
