import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '../../../shared/identity/permissions.ts';
import { useIdentity } from '../../support/identity.ts';
import { freshIdentityNumber, freshPhone, identityNumberOf, kycUseCases, somePerson } from '../../support/kyc.ts';

const identity = useIdentity();
const kyc = () => kycUseCases(identity());

describe('basic data', () => {
  it('are taken, and taken again in their place until level 1 is passed', async () => {
    const { someone, submit, status } = kyc();
    const one = await someone();
    const first = await submit(one, { ...somePerson(identityNumberOf(2345678)), name: '王小明' });
    expect(first).toEqual({ ok: true, data: { statusLevel2: 1, statusLevel3: 1 } });
    expect(await status(one.token)).toMatchObject({ name: '王*明', gender: 1, level: 0, statusLevel1: 1 });
    await submit(one, { name: '林得', gender: 0, birthday: '1991/02/28', identityNumber: 'a123456789' });
    expect(await status(one.token)).toMatchObject({
      name: '林*',
      gender: 0,
      identityNumber: 'A12****89',
      mobilePhone: null,
    });
  });

  it.each([
    ['identityNumber', { identityNumber: 'A123456780' }, 'no valid national identity or ARC number'],
    ['birthday', { birthday: '1990/02/30' }, 'there is no such day'],
    ['birthday', { birthday: '2010/01/05' }, 'you must be 18 or older'],
  ])('with a wrong %s are refused with the reason', async (field, wrong, reason) => {
    const result = await kyc().submit({ userId: 'somebody' }, { ...somePerson(), ...wrong });
    const params = { field, reason: expect.stringContaining(reason) };
    expect(result).toEqual({ ok: false, code: 'INVALID_PARAMETER', params });
  });

  it('of one person can be submitted by many: nobody has the number before level 1 is passed', async () => {
    const { someone, submit, passedUser } = kyc();
    const person = somePerson();
    const early = await someone();
    expect(await submit(early, person)).toMatchObject({ ok: true });
    await passedUser({ person });
    expect(await submit(early, person)).toEqual({ ok: false, code: 'IDENTITY_TAKEN' });
    expect(await submit(await someone(), person)).toEqual({ ok: false, code: 'IDENTITY_TAKEN' });
  });

  it('are refused once level 1 is passed, and while a level is under review', async () => {
    const { passedUser, submit, putDocuments, apply2, userOf } = kyc();
    const one = await passedUser();
    expect(await submit(one)).toEqual({ ok: false, code: 'KYC_COMPLETED' });
    await putDocuments(one.userId);
    expect(await apply2(await userOf(one.token))).toEqual({ ok: true, data: null });
    expect(await submit(one)).toEqual({ ok: false, code: 'KYC_UNDER_REVIEW' });
  });

  it('that two requests submit at once are those of one; the other is told that the record changed', async () => {
    const { someone, submit } = kyc();
    const one = await someone();
    for (const round of ['first', 'second']) {
      const results = await Promise.all([submit(one), submit(one)]);
      const codes = results.map((result) => (result.ok ? 'ok' : result.code));
      expect([round, codes.toSorted()]).toEqual([round, ['KYC_STALE', 'ok']]);
    }
  });
});

describe('level 1', () => {
  it('is passed with the code that was texted to that number, from the next request on', async () => {
    const { someone, submit, textedCode, pass, userOf, status } = kyc();
    const one = await someone();
    await submit(one, somePerson());
    const code = await textedCode(one, '0912345678');
    const before = await userOf(one.token);
    expect(await pass(before, { mobilePhone: '+886912345678', code })).toEqual({ ok: true, data: null });
    const caller = await identity().callerOf(one.token);
    expect(caller && permissionsOf(caller.user)).toMatchObject({ allowCryptoDeposit: true, allowTransfer: false });
    expect(await status(one.token)).toMatchObject({ level: 1, statusLevel1: 3, mobilePhone: '0912***678' });
    expect(await pass(before, { mobilePhone: '0912345678', code })).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it('needs basic data first, and that does not cost a try', async () => {
    const { someone, textedCode, pass, submit, userOf } = kyc();
    const one = await someone();
    const mobilePhone = freshPhone();
    const code = await textedCode(one, mobilePhone);
    const user = await userOf(one.token);
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await pass(user, { mobilePhone, code })).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    }
    await submit(one);
    expect(await pass(user, { mobilePhone, code })).toMatchObject({ ok: true });
  });

  it("is not passed with a wrong code, another number's, another user's, or after five tries", async () => {
    const { someone, textedCode, pass, submit, userOf } = kyc();
    const [one, two] = [await someone(), await someone()];
    const [first, second] = [freshPhone(), freshPhone()];
    await submit(one);
    await submit(two);
    const user = await userOf(one.token);
    const code = await textedCode(one, first);
    const foreign = await textedCode(two, second);
    const wrong = { ok: false, code: 'TEXT_CODE_WRONG' };
    expect(await pass(user, { mobilePhone: second, code: foreign })).toEqual(wrong);
    expect(await pass(user, { mobilePhone: freshPhone(), code })).toEqual(wrong);
    expect(await pass(user, { mobilePhone: 'no number', code })).toEqual({ ok: false, code: 'PHONE_INVALID' });
    const guess = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await pass(user, { mobilePhone: first, code: guess })).toEqual(wrong);
    }
    expect(await pass(user, { mobilePhone: first, code })).toEqual(wrong);
  });

  it('of a number in use is refused, and the number says so before', async () => {
    const { passedUser, someone, submit, textedCode, pass, userOf, check } = kyc();
    const { mobilePhone, userId } = await passedUser();
    const late = await someone();
    await submit(late);
    identity().clock.advance(60_000);
    const code = await textedCode(late, mobilePhone);
    const refused = { ok: false, code: 'PHONE_TAKEN' };
    expect(await check(mobilePhone)).toEqual(refused);
    expect(await check(mobilePhone, late.userId)).toEqual(refused);
    expect(await check(mobilePhone, userId)).toEqual({ ok: true, data: null });
    expect(await check(freshPhone())).toEqual({ ok: true, data: null });
    expect(await check('0212345678')).toEqual({ ok: false, code: 'PHONE_INVALID' });
    expect(await pass(await userOf(late.token), { mobilePhone, code })).toEqual(refused);
    expect(await userOf(late.token)).toMatchObject({ kycLevel: 0 });
  });
});

describe('of 50 users in parallel', () => {
  const USERS = 50;
  const many = () => Promise.all(Array.from({ length: USERS }, () => kyc().bareUser()));
  const codesOf = (results: readonly { ok: boolean; code?: string }[]) =>
    results.map(({ ok, code }) => (ok ? 'ok' : String(code))).toSorted();

  it('with one identity number one passes level 1', async () => {
    const users = await many();
    const person = somePerson();
    expect(codesOf(await Promise.all(users.map((user) => kyc().submit(user, person))))).toEqual(users.map(() => 'ok'));
    const results = await Promise.all(users.map((user) => kyc().passUntexted(user, freshPhone())));
    expect(codesOf(results)).toEqual([...users.slice(1).map(() => 'IDENTITY_TAKEN'), 'ok']);
  });

  it('with one phone one passes level 1', async () => {
    const users = await many();
    await Promise.all(users.map((user, index) => kyc().submit(user, somePerson(identityNumberOf(7_000_000 + index)))));
    const mobilePhone = freshPhone();
    const results = await Promise.all(users.map((user) => kyc().passUntexted(user, mobilePhone)));
    expect(codesOf(results)).toEqual([...users.slice(1).map(() => 'PHONE_TAKEN'), 'ok']);
  });
});

describe('level 1 that staff opened again', () => {
  it('is passed again with another phone; the old one is free, and levels above come back', async () => {
    const { passedUser, putDocuments, apply2, userOf, decide, submit, textedCode, pass, check, status } = kyc();
    const one = await passedUser();
    await putDocuments(one.userId);
    await apply2(await userOf(one.token));
    await decide(one.userId, 'approve-level-2');
    expect(await userOf(one.token)).toMatchObject({ kycLevel: 2 });
    await decide(one.userId, 'reopen-level-1');
    expect(await userOf(one.token)).toMatchObject({ kycLevel: 0 });
    expect(await submit(one, { ...one.person, name: '林書德' })).toMatchObject({ ok: true });
    const mobilePhone = freshPhone();
    const code = await textedCode(one, mobilePhone);
    expect(await pass(await userOf(one.token), { mobilePhone, code })).toMatchObject({ ok: true });
    expect(await status(one.token)).toMatchObject({ name: '林*德', level: 2, statusLevel1: 3, statusLevel2: 3 });
    expect(await check(one.mobilePhone)).toEqual({ ok: true, data: null });
    expect(await check(mobilePhone)).toEqual({ ok: false, code: 'PHONE_TAKEN' });
  });

  it('and is passed with another identity number sends everything that was reviewed back', async () => {
    const { passedUser, someone, putDocuments, apply2, userOf, decide, submit, textedCode, pass, status } = kyc();
    const one = await passedUser();
    await putDocuments(one.userId, 3);
    await apply2(await userOf(one.token));
    await decide(one.userId, 'approve-level-2');
    await decide(one.userId, 'reopen-level-1');
    await submit(one, somePerson(freshIdentityNumber()));
    identity().clock.advance(60_000);
    const code = await textedCode(one, one.mobilePhone);
    expect(await pass(await userOf(one.token), { mobilePhone: one.mobilePhone, code })).toMatchObject({ ok: true });
    expect(await status(one.token)).toMatchObject({
      level: 1,
      statusLevel2: 4,
      idPhotoVerification: 4,
      addressVerification: 4,
    });
    expect(await apply2(await userOf(one.token))).toEqual({ ok: false, code: 'IMAGE_MISSING' });
    expect(await submit(await someone(), one.person)).toMatchObject({ ok: true });
  });
});
