import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod/mini';
import { staffKycScreening } from '../../../shared/contracts/staff/kyc-screening.ts';
import { verifyBasicData } from '../../../shared/contracts/endpoints/kyc/verify-basic-data.ts';
import { levelSetter } from '../../../shared/identity/kyc-level.ts';
import { markScreening } from '../../../shared/identity/screening-mark.ts';
import { redeemTextedCode, type TextedCode } from '../../../shared/identity/text-code.ts';
import { passLevelOne } from '../../../shared/kyc/level-one.ts';
import type { Finding, Screen } from '../../../shared/kyc/screening.ts';
import { screenAgain } from '../../../shared/staff/kyc-screening.ts';
import { useIdentity } from '../../support/identity.ts';
import { reviewCases } from '../../support/kyc-review.ts';
import { JO, staffOn } from '../../support/staff.ts';
import { testFoundation } from '../../support/test-platform.ts';
import { transferUseCases } from '../../support/transfers.ts';

const identity = useIdentity();
const cases = () => reviewCases(identity());
const staff = () => staffOn(identity().resources);

const APPROVAL = { level: 2, decision: 'approve', reason: 'In order.' } as const;

/** A service that finds this, and takes note of whom it was asked for. */
const finding = (verdict: Finding['verdict'], listVersion: string | null = '2026-11-20') => {
  const asked: unknown[] = [];
  const screen: Screen = (person) => {
    asked.push(person);
    return Promise.resolve({ verdict, listVersion });
  };
  return { asked, screen };
};

const again = (name: string, screen: Screen | undefined, body: Partial<z.input<typeof staffKycScreening.body>> = {}) =>
  screenAgain(testFoundation(staffKycScreening, identity().resources).platform, JO, screen, name, {
    body: { reason: 'why', ...body },
    locale: 'en',
  });

const audited = async (username: string) =>
  (await staff().audit({ username })).records.filter(({ after }) => after?.screening !== undefined);

describe('level 2', () => {
  it('is approved for who is on no list, which is kept with the edition, audited, and shown', async () => {
    const { name, token, person } = await cases().underReview();
    const { asked, screen } = finding('clear');
    expect(await staff().decide(name, APPROVAL, screen)).toEqual({ ok: true, data: null });
    expect(asked).toEqual([{ name: person.name, birthday: person.birthday }]);
    expect(await cases().userOf(token)).toMatchObject({ kycLevel: 2 });
    expect(await audited(name)).toMatchObject([
      { action: 'kyc.decision', after: { screening: 'clear', listVersion: '2026-11-20', screeningReviewed: false } },
    ]);
    const screening = { verdict: 'clear', listVersion: '2026-11-20', reviewed: false, at: identity().clock.now() };
    expect(await staff().openKyc(name)).toMatchObject({ data: { screening, transfersStopped: false } });
    expect(JSON.stringify(await staff().audit({ username: name }))).not.toContain(person.name);
  });

  it.each([
    ['hit', '2026-11-20', 'list of sanctions'],
    ['failed', null, 'did not answer'],
  ] as const)('is not approved after a %s, until staff say that they looked by hand', async (verdict, edition, why) => {
    const { name, token } = await cases().underReview();
    const { screen } = finding(verdict, edition);
    expect(await staff().decide(name, APPROVAL, screen)).toEqual({
      ok: false,
      code: 'SCREENING_REVIEW',
      params: { why: expect.stringContaining(why) },
    });
    expect(await cases().userOf(token)).toMatchObject({ kycLevel: 1 });
    expect(await audited(name)).toMatchObject([{ action: 'kyc.screening', after: { screening: verdict } }]);
    expect(await staff().openKyc(name)).toMatchObject({ data: { screening: { verdict }, transfersStopped: true } });
    identity().clock.advance(1);
    expect(await staff().decide(name, { ...APPROVAL, screeningReviewed: true }, screen)).toEqual({
      ok: true,
      data: null,
    });
    expect(await cases().userOf(token)).toMatchObject({ kycLevel: 2 });
    expect(await staff().openKyc(name)).toMatchObject({
      data: { screening: { verdict, reviewed: true }, transfersStopped: false },
    });
  });

  it('is rejected without a look at any list', async () => {
    const { name } = await cases().underReview();
    const { asked, screen } = finding('failed', null);
    const rejection = { level: 2, decision: 'reject', images: { 5: 'reject' }, reason: 'Old.' } as const;
    expect(await staff().decide(name, rejection, screen)).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
  });
});

describe('a user who is to be looked up again', () => {
  it('sends nothing until found clear, also what was sent and not confirmed', async () => {
    const { mailConfirmed, send, confirm, stateOf, commit } = transferUseCases(identity());
    const { from, to, id } = await mailConfirmed();
    const { tables } = testFoundation(staffKycScreening, identity().resources).platform;
    await commit([markScreening(tables.users, from.userId, 'due')]);
    expect(await send(from, to, '1')).toMatchObject({ ok: false, code: 'TRANSFER_NOT_ALLOWED' });
    expect(await confirm(from, id)).toMatchObject({ ok: false, code: 'TRANSFER_NOT_ALLOWED' });
    expect(await stateOf(id)).toBe(25);
    expect(await again(from.name, finding('clear').screen)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it('is whoever passes level 1 anew with a level that sends money', async () => {
    const one = await cases().underReview();
    const { name, token, userId } = one;
    await staff().decide(name, APPROVAL, finding('clear').screen);
    await staff().decide(name, { level: 1, decision: 'reject', reason: 'The name is misspelt.' });
    await cases().submit({ userId }, { ...one.person, name: '林書德' });
    identity().clock.advance(61_000);
    const code = await cases().textedCode(one, one.mobilePhone);
    const { platform } = testFoundation(verifyBasicData, identity().resources);
    const setLevel = levelSetter(platform.tables.users, { sanctionsScreening: 'https://lists.example' });
    const account = { redeem: (texted: TextedCode) => redeemTextedCode(platform, texted), setLevel };
    const body = { mobilePhone: one.mobilePhone, code };
    expect(await passLevelOne(platform, account, await cases().userOf(token), body)).toMatchObject({ ok: true });
    expect(await cases().userOf(token)).toMatchObject({ kycLevel: 2, screening: 'due' });
    expect(await again(name, finding('hit').screen)).toMatchObject({ ok: false, code: 'SCREENING_REVIEW' });
    expect(await cases().userOf(token)).toMatchObject({ screening: 'hit' });
    expect(await again(name, finding('clear').screen)).toEqual({ ok: true, data: null });
    expect(await cases().userOf(token)).not.toHaveProperty('screening');
    expect((await audited(name)).map(({ action }) => action)).toContain('kyc.screening');
  });
});
