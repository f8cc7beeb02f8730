import { describe, expect, it } from '@jest/globals';
import { recordPlace } from '../../../shared/kyc/record.ts';
import { createSecrets } from '../../../shared/platform/secrets.ts';
import { useIdentity } from '../../support/identity.ts';
import { testKeyService } from '../../support/key-service.ts';
import { ACCOUNT, levelThreeOn } from '../../support/kyc-level-three.ts';
import { kycUseCases } from '../../support/kyc.ts';

const identity = useIdentity();
const kyc = () => kycUseCases(identity());
const apply3 = (...given: Parameters<ReturnType<typeof levelThreeOn>>) => levelThreeOn(identity().resources)(...given);

/** Somebody who passed level 2. */
const approvedUser = async () => {
  const { passedUser, putDocuments, apply2, userOf, decide } = kyc();
  const one = await passedUser();
  await putDocuments(one.userId);
  await apply2(await userOf(one.token));
  await decide(one.userId, 'approve-level-2');
  return { ...one, user: await userOf(one.token) };
};

describe('the application for level 3', () => {
  it('goes to staff with the account, which is encrypted where it lies', async () => {
    const { userId, user, token } = await approvedUser();
    expect(await apply3(user)).toEqual({ ok: true, data: null });
    const record = await kyc().record(userId);
    const { account = '', ...bank } = record?.bankApplication ?? {};
    expect(bank).toEqual({ bankCode: '005', bankName: expect.any(String), branchCode: '0061', branchName: '0061' });
    const { bankAccount } = createSecrets(testKeyService(), 'any', { bankAccount: ['decrypt'] });
    const plain = await bankAccount?.decrypt(account, recordPlace(userId, 'bankApplication.account'));
    expect(String(plain)).toBe(ACCOUNT.account);
    expect(await kyc().everythingStored()).not.toContain(ACCOUNT.account);
    expect(await kyc().waitingReviews(3, userId)).toEqual([
      expect.objectContaining({ sk: `${record?.requestedAt}#${userId}`, level: 3, requestedAt: record?.requestedAt }),
    ]);
    expect(await kyc().status(token)).toMatchObject({
      level: 2,
      statusLevel3: 2,
      bankAccountVerification: 2,
      allowChangeBankAccount: false,
    });
    expect(await apply3(user)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it.each([
    ['an unknown bank', { code: '999' }, 'BANK_ACCOUNT_MISSING'],
    ['a branch that is none', { branch: '61' }, 'BANK_ACCOUNT_MISSING'],
    ['no image, now or before', { proof: undefined }, 'IMAGE_MISSING'],
    ['a file that is no image', { proof: 'bad' }, 'INVALID_FILE'],
  ])('with %s is refused, and changes nothing', async (_what, change, code) => {
    const { user, userId } = await approvedUser();
    expect(await apply3(user, change)).toEqual({ ok: false, code });
    expect(await kyc().record(userId)).toMatchObject({ level3: 1 });
  });

  it('takes the image that was uploaded before, unless it was rejected', async () => {
    const { user, userId } = await approvedUser();
    await kyc().putImage(userId, 6, 4);
    expect(await apply3(user, { proof: undefined })).toEqual({ ok: false, code: 'IMAGE_MISSING' });
    await kyc().putImage(userId, 6);
    expect(await apply3(user, { proof: undefined })).toEqual({ ok: true, data: null });
  });

  it('needs level 2', async () => {
    const { passedUser, userOf } = kyc();
    const { token } = await passedUser();
    expect(await apply3(await userOf(token))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it('that is made twice at once is made once', async () => {
    const { user } = await approvedUser();
    const results = await Promise.all([apply3(user), apply3(user)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('a change of the account after level 3', () => {
  it('leaves the level while staff look at it, and after they rejected it', async () => {
    const { user, userId, token } = await approvedUser();
    const { decide, userOf, status } = kyc();
    await apply3(user);
    await decide(userId, 'approve-level-3');
    expect(await status(token)).toMatchObject({ level: 3, statusLevel3: 3, allowChangeBankAccount: true });
    await kyc().putImage(userId, 6, 3);
    expect(await apply3(await userOf(token), { proof: undefined })).toEqual({ ok: false, code: 'IMAGE_MISSING' });
    expect(await apply3(await userOf(token), { branch: '0072' })).toEqual({ ok: true, data: null });
    expect(await status(token)).toMatchObject({ level: 3, statusLevel3: 2, allowChangeBankAccount: false });
    await decide(userId, 'reject-level-3');
    expect(await status(token)).toMatchObject({ level: 3, statusLevel3: 4, allowChangeBankAccount: true });
    expect(await apply3(await userOf(token))).toEqual({ ok: true, data: null });
  });
});
