import { describe, expect, it } from '@jest/globals';
import { adminCommands } from '../../support/admin-commands.ts';
import { freshIdentityNumber } from '../../support/kyc.ts';
import { kycJourneyOn } from '../../support/kyc-journey.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });
const { admin, json, auditOf } = adminCommands(live);

describe('npm run admin -- kyc release', () => {
  const reason = 'It belongs to somebody else.';
  const release = (username: string, ...args: readonly string[]) => admin(['kyc', 'release', username, ...args]);

  it('frees an identity number for another user, reopens level 1, tells the user, and is audited by its mask', async () => {
    const { atLevelOne, logIn } = kycJourneyOn(live);
    const { username, email, identity, read } = await atLevelOne();
    const other = await logIn();
    expect(await other.send('/v1/kyc/basic_data', identity)).toMatchObject({ code: 10031 });
    expect(await release(username, '--identity-number', identity.identityNumber, '--reason', reason)).toEqual({
      code: 0,
      stdout: `The identity number of ${username} is free, and level 1 is open again.\n`,
      stderr: '',
    });
    expect(await read('/v1/kyc/status')).toMatchObject({ data: { level: 0, statusLevel1: 4 } });
    expect(await other.send('/v1/kyc/basic_data', identity)).toMatchObject({ code: 1 });
    const [newest] = await auditOf('--username', username);
    expect(newest).toMatchObject({ action: 'kyc.release', reason, after: { kycLevel: 0, identityNumber: null } });
    expect(JSON.stringify(newest)).not.toContain(identity.identityNumber);
    const { text } = await live.journey.mailTo(email, { about: /KYC|identity|verification/i });
    expect(text).toContain(reason);
  });

  it('frees a phone, with the answer as JSON', async () => {
    const { atLevelOne, logIn } = kycJourneyOn(live);
    const { username, mobilePhone } = await atLevelOne();
    const other = await logIn();
    expect(await other.send('/v1/kyc/check_mobile', { mobilePhone })).toMatchObject({ code: 10012 });
    expect(await json('kyc', 'release', username, '--mobile-phone', mobilePhone, '--reason', reason)).toBeNull();
    expect(await other.send('/v1/kyc/check_mobile', { mobilePhone })).toMatchObject({ code: 1 });
  });

  it('says what is refused and what makes no sense, and frees nothing then', async () => {
    const { username, identity, read } = await kycJourneyOn(live).atLevelOne();
    const both = ['--identity-number', identity.identityNumber, '--mobile-phone', '0912345678'];
    for (const args of [[], both]) {
      expect(await release(username, ...args, '--reason', reason)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('Say either --identity-number or --mobile-phone.'),
      });
    }
    expect(await release(username, '--identity-number', identity.identityNumber)).toMatchObject({ code: 2 });
    for (const [given, code] of [
      ['A100000000', -2],
      [freshIdentityNumber(), -19],
    ] as const) {
      const refused = await release(username, '--identity-number', given, '--reason', reason);
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`code ${code}`) });
    }
    expect(await read('/v1/kyc/status')).toMatchObject({ data: { level: 1 } });
  });
});
