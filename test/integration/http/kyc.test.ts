import { describe, expect, it } from '@jest/globals';
import { somebody } from '../../support/journey.ts';
import { freshIdentityNumber, freshPhone, somePerson } from '../../support/kyc.ts';
import { envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

describe('KYC over HTTP', () => {
  const live = useJourney({ stage: 'test' });

  const loggedIn = async () => {
    const person = somebody();
    const token = await live.journey.loggedIn(person);
    const send = async (path: string, body: object) =>
      envelopeOf(await live.stack.call('POST', path, { headers: { token }, body: { ...body, lang: 'en' } }));
    const read = async (path: string) => envelopeOf(await live.stack.call('GET', path, { headers: { token } }));
    return { ...person, token, send, read };
  };

  const textedCode = async (to: string): Promise<string> => {
    const { sms } = await live.stack.outbox();
    return /\d{6}/.exec(sms.findLast((text) => text.to === to)?.text ?? '')?.[0] ?? '';
  };

  it('passes level 1, and the next request sees it at both paths of the status', async () => {
    const { username, send, read } = await loggedIn();
    const mobilePhone = freshPhone();
    const submitted = await send('/v1/kyc/basic_data', somePerson());
    expect(submitted).toMatchObject({ code: 1, msg: 'Success', data: { statusLevel2: 1, statusLevel3: 1 } });
    expect(await send('/v1/kyc/check_mobile', { mobilePhone })).toMatchObject({ code: 1, data: null });
    await send('/v1/apply_verification_code', { loginName: username, mobilePhone });
    const code = await textedCode(`+886${mobilePhone.slice(1)}`);
    expect(await read('/v1/user')).toMatchObject({ data: { kycLevel: 0, isKyc: false } });
    expect(await send('/v1/kyc/verify_basic_data', { mobilePhone, code })).toMatchObject({ code: 1, data: null });
    expect(await read('/v1/user')).toMatchObject({ data: { kycLevel: 1, isKyc: true, allowCryptoDeposit: true } });
    for (const path of ['/v1/kyc/status', '/bitgin/v1/kyc/status']) {
      expect(await read(path)).toMatchObject({ code: 1, data: { name: '林*得', level: 1, statusLevel1: 3 } });
    }
    expect(await send('/v1/kyc/check_mobile', { mobilePhone })).toMatchObject({ code: 1 });
    const other = await loggedIn();
    expect(await other.send('/v1/kyc/check_mobile', { mobilePhone })).toMatchObject({ code: 10012 });
    expect(await send('/v1/kyc/apply_level_2', { 'q1.value': 'no' })).toMatchObject({ code: 5608 });
    const answers = { 'q1.value': 'payment', 'q2.value': 'no', 'q3.value': 'over_3', 'q4.value': 'over_100' };
    expect(await send('/v1/kyc/apply_level_2', answers)).toMatchObject({ code: -2, msg: 'Missing image.' });
    expect(await send('/v1/kyc/basic_data', somePerson())).toMatchObject({ code: 5605 });
  });

  it('says in words what is wrong', async () => {
    const { send } = await loggedIn();
    const wrong = { ...somePerson(), identityNumber: 'A123456780' };
    expect(await send('/v1/kyc/basic_data', wrong)).toMatchObject({
      code: -2,
      msg: 'Parameter identityNumber is invalid: this is no valid national identity or ARC number; check for a slip of the pen',
    });
    expect(await send('/v1/kyc/check_mobile', { mobilePhone: '123' })).toMatchObject({ code: 10017 });
    const early = { mobilePhone: freshPhone(), code: '123456' };
    expect(await send('/v1/kyc/verify_basic_data', early)).toMatchObject({ code: -19 });
    await send('/v1/kyc/basic_data', somePerson(freshIdentityNumber()));
    expect(await send('/v1/kyc/verify_basic_data', early)).toMatchObject({ code: 10027 });
  });

  it('shows the status without any call to KMS', async () => {
    const { token, send } = await loggedIn();
    await send('/v1/kyc/basic_data', somePerson());
    const answer = await live.stack.call('GET', '/v1/kyc/status', { headers: { token } });
    expect(serverTiming(answer).calls.join()).not.toMatch(/secrets|fingerprints|Decrypt|Mac/);
    expect(envelopeOf(answer)).toMatchObject({ data: { name: '林*得' } });
  });

  it('reads applications for level 3 as forms, with the literal texts of the reference', async () => {
    const { token } = await loggedIn();
    const apply = async (fields: Readonly<Record<string, string | Blob>>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const sent = new Response(form);
      const headers = { token, 'content-type': sent.headers.get('content-type') ?? '' };
      const body = Buffer.from(await sent.arrayBuffer());
      return envelopeOf(await live.stack.call('POST', '/v1/kyc/apply_level_3', { headers, body }));
    };
    const account = { code: '005', branch: '0061', account: '60090100005777' };
    const missing = { code: -2, msg: 'Missing bank account.' };
    for (const name of Object.keys(account)) expect(await apply({ ...account, [name]: '' })).toMatchObject(missing);
    expect(await apply({ ...account, account: '12345' })).toMatchObject({
      code: -2,
      msg: expect.stringContaining('16'),
    });
    expect(await apply({ ...account, file: new Blob([]) })).toMatchObject({ code: -2, msg: 'Invalid file.' });
    for (const file of [{}, { file: new Blob(['any']) }]) {
      expect(await apply({ ...account, ...file })).toMatchObject({ code: -19 });
    }
  });
});
