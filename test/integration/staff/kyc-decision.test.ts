import { describe, expect, it } from '@jest/globals';
import { bankAccounts } from '../../../shared/contracts/endpoints/account/bank-accounts.ts';
import { openBankAccounts, storedAccounts } from '../../../shared/kyc/bank-account-store.ts';
import { meetAt } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { useIdentity } from '../../support/identity.ts';
import { BANK, reviewCases } from '../../support/kyc-review.ts';
import { staffOn } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';
import { testFoundation } from '../../support/test-platform.ts';

const identity = useIdentity();

const cases = () => reviewCases(identity());
const staff = () => staffOn(identity().resources);

const approve = (level: 2 | 3) => ({ level, decision: 'approve' as const, reason: 'In order.' });

/** Two of the staff whose transactions meet before either is let through. */
const twoAtOnce = () => {
  const client = documentClientFor(identity().engine.endpoint);
  meetAt(client, 'TransactWriteItems', 2);
  const resources = { ...identity().resources, client };
  const kim = { principal: 'arn:aws:iam::111122223333:user/kim', requestId: 'request-2' };
  return [staffOn(resources), staffOn(resources, kim)] as const;
};

const recordsOf = async (username: string) =>
  (await staff().audit({ username })).records.filter(({ action }) => action === 'kyc.decision');

const accountsOf = async (userId: string) => {
  const { tables, secrets } = testFoundation(bankAccounts, identity().resources).platform;
  return openBankAccounts(secrets.bankAccount, await storedAccounts(tables.kyc, userId));
};

describe('a decision', () => {
  it.each([
    [approve(2), approve(2)],
    [approve(2), { level: 2, decision: 'reject', images: { 1: 'reject' }, reason: 'Blurred.' }],
  ] as const)('of two at once is one; the other is told so', async (...decisions) => {
    const { name, token } = await cases().underReview();
    const results = await Promise.all(
      twoAtOnce().map((one, index) => one.decide(name, decisions[index] ?? approve(2))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'UPDATE_FAILED' });
    const records = await recordsOf(name);
    expect(records).toHaveLength(1);
    expect((await cases().userOf(token)).kycLevel).toBe(records[0]?.after?.kycLevel);
  });

  it('about another version than the present one is refused', async () => {
    const { name } = await cases().underReview();
    const opened = await staff().openKyc(name);
    const version = opened.ok ? opened.data.version : 0;
    expect(await staff().decide(name, { ...approve(2), version: version - 1 })).toEqual({
      ok: false,
      code: 'UPDATE_FAILED',
    });
    expect(await staff().decide(name, { ...approve(2), version })).toMatchObject({ ok: true });
  });

  it('about nobody, about no application, or again, changes nothing', async () => {
    const { name } = await cases().passedUser();
    const fresh = await cases().someone();
    expect(await staff().decide('nobody-at-all', approve(2))).toEqual({ ok: false, code: 'NOT_FOUND' });
    for (const [who, body] of [
      [fresh.name, approve(2)],
      [name, approve(2)],
      [name, approve(3)],
      [name, { level: 1, decision: 'approve', reason: 'No such thing.' }],
    ] as const) {
      expect(await staff().decide(who, body)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    }
    expect(await recordsOf(name)).toEqual([]);
  });

  it('on level 1 reopens it: nothing is open to the user until it is passed again, and then all is as before', async () => {
    const { name, token, person, mobilePhone, userId } = await cases().underReview();
    const reopen = { level: 1, decision: 'reject', reason: 'The name is misspelt.' } as const;
    expect(await staff().decide(name, reopen)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    await staff().decide(name, approve(2));
    expect(await staff().decide(name, reopen)).toEqual({ ok: true, data: null });
    expect(await cases().status(token)).toMatchObject({ level: 0, statusLevel1: 4, statusLevel2: 3 });
    const mails = await waitingMails(identity().resources, `${name}@example.com`);
    expect(mails.filter(({ kind }) => kind === 'kyc-rejected')).toMatchObject([
      { facts: { level: 1, images: [], reason: reopen.reason } },
    ]);
    await cases().submit({ userId }, { ...person, name: '林書德' });
    identity().clock.advance(120_000);
    const code = await cases().textedCode({ name, userId }, mobilePhone);
    expect(await cases().pass(await cases().userOf(token), { mobilePhone, code })).toMatchObject({ ok: true });
    expect(await cases().status(token)).toMatchObject({ level: 2, statusLevel1: 3, name: '林*德' });
  });
});

describe('level 3 approved', () => {
  const levelTwo = async () => {
    const one = await cases().underReview();
    await staff().decide(one.name, approve(2));
    return one;
  };

  it('gives the user the account, readable where accounts are listed and bound to that place', async () => {
    const one = await levelTwo();
    await cases().apply3(one, '60090100005777');
    expect(await accountsOf(one.userId)).toEqual([]);
    expect(await staff().decide(one.name, approve(3))).toEqual({ ok: true, data: null });
    expect(await cases().status(one.token)).toMatchObject({ level: 3, statusLevel3: 3, bankAccountVerification: 3 });
    const { bankCode, bankName, branchName } = BANK;
    expect(await accountsOf(one.userId)).toEqual([
      expect.objectContaining({
        id: expect.any(Number),
        currency: 'TWD',
        bankCode,
        bankName,
        branchName,
        account: '60090100005777',
        accountHolder: one.person.name,
      }),
    ]);
    expect(await cases().record(one.userId)).not.toHaveProperty('bankApplication');
    expect(await cases().everythingStored()).not.toContain('60090100005777');
  });

  it('of another account replaces the one of before; until then, and when it is rejected, that one stays', async () => {
    const one = await levelTwo();
    await cases().apply3(one, '60090100005777');
    await staff().decide(one.name, approve(3));
    await cases().apply3(one, '111122223333');
    expect(await cases().status(one.token)).toMatchObject({ level: 3, statusLevel3: 2, allowChangeBankAccount: false });
    await staff().decide(one.name, {
      level: 3,
      decision: 'reject',
      images: { 6: 'reject' },
      reason: 'Another name is on it.',
    });
    expect(await cases().status(one.token)).toMatchObject({
      level: 3,
      statusLevel3: 4,
      bankAccountVerification: 4,
      rejectReasons: { 6: 'Another name is on it.' },
    });
    expect(await accountsOf(one.userId)).toMatchObject([{ account: '60090100005777' }]);
    await cases().apply3(one, '444455556666');
    await staff().decide(one.name, approve(3));
    expect(await accountsOf(one.userId)).toMatchObject([{ account: '444455556666' }]);
    expect(await accountsOf(one.userId)).toHaveLength(1);
    expect(await cases().status(one.token)).not.toHaveProperty('rejectReasons');
  });

  it('by two at once leaves one account', async () => {
    const one = await levelTwo();
    await cases().apply3(one, '60090100005777');
    const results = await Promise.all(twoAtOnce().map((each) => each.decide(one.name, approve(3))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await accountsOf(one.userId)).toHaveLength(1);
  });
});
