import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { kycUseCases, QUESTIONNAIRE } from '../../support/kyc.ts';

const identity = useIdentity();
const kyc = () => kycUseCases(identity());

const FLAT = {
  'q1.value': 'payment',
  'q2.value': 'yes',
  'q2.otherValue': ' my spouse is a minister ',
  'q3.value': 'over_3',
  'q4.value': 'over_100',
};

const waiting = (userId: string) => kyc().waitingReviews(2, userId);

describe('the application for level 2', () => {
  it('goes to staff with questionnaire and time, and waits in their queue', async () => {
    const { passedUser, putDocuments, apply2, userOf, record, status } = kyc();
    const one = await passedUser();
    await putDocuments(one.userId);
    expect(await apply2(await userOf(one.token), FLAT)).toEqual({ ok: true, data: null });
    const requestedAt = identity().clock.now();
    expect(await record(one.userId)).toMatchObject({
      level2: 2,
      requestedAt,
      questionnaire: {
        q1: { value: 'payment' },
        q2: { value: 'yes', otherValue: 'my spouse is a minister' },
        q3: { value: 'over_3' },
        q4: { value: 'over_100' },
      },
    });
    const sk = `${requestedAt}#${one.userId}`;
    expect(await waiting(one.userId)).toMatchObject([
      { pk: 'REVIEW#2', sk, level: 2, userId: one.userId, username: one.name, requestedAt },
    ]);
    expect(await status(one.token)).toMatchObject({ level: 1, statusLevel2: 2, idPhotoVerification: 2 });
    expect(await apply2(await userOf(one.token))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it('needs level 1', async () => {
    const { someone, submit, putDocuments, apply2, userOf } = kyc();
    const one = await someone();
    await putDocuments(one.userId);
    expect(await apply2(await userOf(one.token))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    await submit(one);
    expect(await apply2(await userOf(one.token))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it.each([
    ['nothing', {}],
    ['an answer less', { ...QUESTIONNAIRE, q4: undefined }],
    ['another answer', { ...QUESTIONNAIRE, q3: { value: 'never' } }],
    ['no words where words are asked for', { ...QUESTIONNAIRE, q1: { value: 'other' } }],
    ['empty words', { ...QUESTIONNAIRE, q2: { value: 'yes', otherValue: '　' } }],
    ['too many words', { ...QUESTIONNAIRE, q1: { value: 'other', otherValue: 'x'.repeat(501) } }],
    ['answers that are no objects', { q1: 'payment', q2: 'no', q3: 'over_3', q4: 'over_100' }],
    ['half flat, half missing', { ...FLAT, 'q2.otherValue': undefined }],
  ])('with %s is refused as 5608', async (_what, body) => {
    expect(await kyc().apply2({ userId: 'x', username: 'x', kycLevel: 1 }, body)).toEqual({
      ok: false,
      code: 'QUESTIONNAIRE_INVALID',
    });
  });

  it.each([1, 2, 3, 4, 5] as const)('needs image %i, and needs it not rejected', async (type) => {
    const { passedUser, putImage, apply2, userOf } = kyc();
    const one = await passedUser();
    const user = await userOf(one.token);
    const missing = { ok: false, code: 'IMAGE_MISSING' };
    for (const other of ([1, 2, 3, 4, 5] as const).filter((candidate) => candidate !== type)) {
      await putImage(one.userId, other);
    }
    expect(await apply2(user)).toEqual(missing);
    await putImage(one.userId, type, 4);
    expect(await apply2(user)).toEqual(missing);
    await putImage(one.userId, type, 3);
    expect(await apply2(user)).toMatchObject({ ok: true });
  });

  it('that is made twice at once is made once', async () => {
    const { passedUser, putDocuments, apply2, userOf } = kyc();
    const one = await passedUser();
    await putDocuments(one.userId);
    const user = await userOf(one.token);
    const results = await Promise.all([apply2(user), apply2(user)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await waiting(one.userId)).toHaveLength(1);
  });

  it('can be made again after it was rejected', async () => {
    const { passedUser, putDocuments, putImage, apply2, userOf, decide, status } = kyc();
    const one = await passedUser();
    await putDocuments(one.userId, 3);
    await apply2(await userOf(one.token));
    await decide(one.userId, 'reject-level-2');
    await putImage(one.userId, 2, 4);
    expect(await status(one.token)).toMatchObject({ statusLevel2: 4, idPhotoVerification: 4, addressVerification: 3 });
    expect(await apply2(await userOf(one.token))).toEqual({ ok: false, code: 'IMAGE_MISSING' });
    await putImage(one.userId, 2);
    expect(await apply2(await userOf(one.token))).toEqual({ ok: true, data: null });
    expect(await status(one.token)).toMatchObject({ statusLevel2: 2, idPhotoVerification: 2 });
  });
});

describe('the status', () => {
  it('of a user without a record is 1 everywhere, with nothing known', async () => {
    const { someone, status } = kyc();
    expect(await status((await someone()).token)).toEqual({
      name: null,
      gender: null,
      identityNumber: null,
      mobilePhone: null,
      level: 0,
      statusLevel1: 1,
      idPhotoVerification: 1,
      idSelfieVerification: 1,
      secondIdPhotoVerification: 1,
      addressVerification: 1,
      statusLevel2: 1,
      bankAccountVerification: 1,
      statusLevel3: 1,
      allowChangeBankAccount: true,
    });
  });

  it('of an id photo is that of both sides', async () => {
    const { someone, putImage, status } = kyc();
    const one = await someone();
    for (const [front, back, both] of [
      [2, 1, 1],
      [2, 2, 2],
      [3, 2, 2],
      [3, 4, 4],
      [3, 3, 3],
    ] as const) {
      await putImage(one.userId, 1, front);
      await putImage(one.userId, 2, back);
      expect(await status(one.token)).toMatchObject({ idPhotoVerification: both });
    }
  });
});
