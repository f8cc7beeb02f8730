import * as pictures from './documents/pictures.ts';
import { type Person, somebody } from './journey.ts';
import { freshPhone, somePerson } from './kyc.ts';
import { formOf, sendImage } from './kyc-documents.ts';
import { type Envelope, envelopeOf } from './local-stack.ts';
import type { LiveJourney } from './use-journey.ts';

const ANSWERS = { 'q1.value': 'payment', 'q2.value': 'no', 'q3.value': 'over_3', 'q4.value': 'over_100' };

const taken = (answered: Envelope): unknown => {
  if (answered.code !== 1) throw new Error(`A step was answered ${answered.code}: ${answered.msg}`);
  return answered.data;
};

/** The steps of KYC of one person, over a running stack. */
export const kycJourneyOn = (live: LiveJourney) => {
  const logIn = async (person: Person = somebody()) => {
    const token = await live.journey.loggedIn(person);
    const headers = { token, 'accept-language': 'en' };
    const send = async (path: string, body: object) =>
      envelopeOf(await live.stack.call('POST', path, { headers, body }));
    const read = async (path: string) => envelopeOf(await live.stack.call('GET', path, { headers }));
    const form = async (path: string, fields: Readonly<Record<string, string>>, file?: Uint8Array) => {
      const { headers: ofForm, body } = await formOf(file, fields);
      return envelopeOf(await live.stack.call('POST', path, { headers: { ...headers, ...ofForm }, body }));
    };
    return { ...person, token, send, read, form };
  };

  const textedCode = async (mobilePhone: string): Promise<string> => {
    const { sms } = await live.stack.outbox();
    const text = sms.findLast(({ to }) => to === `+886${mobilePhone.slice(1)}`)?.text ?? '';
    return /\d{6}/.exec(text)?.[0] ?? '';
  };

  /** Somebody who passed level 1. */
  const atLevelOne = async ({ identity = somePerson(), mobilePhone = freshPhone() } = {}) => {
    const one = await logIn();
    taken(await one.send('/v1/kyc/basic_data', identity));
    taken(await one.send('/v1/apply_verification_code', { loginName: one.username, mobilePhone }));
    const code = await textedCode(mobilePhone);
    taken(await one.send('/v1/kyc/verify_basic_data', { mobilePhone, code }));
    return { ...one, identity, mobilePhone };
  };

  const decide = async (username: string, level: 2 | 3): Promise<void> => {
    const body = { level, decision: 'approve', reason: 'In order.' };
    const headers = { 'x-local-principal': 'jo.lin' };
    const path = `/admin/v1/kyc/users/${username}/decision`;
    taken(envelopeOf(await live.stack.callStaff('POST', path, { headers, body })));
  };

  /** Somebody who passed level 2. */
  const atLevelTwo = async () => {
    const one = await atLevelOne();
    const picture = await pictures.jpeg();
    for (const type of ['1', '2', '3', '4', '5']) {
      taken(envelopeOf(await sendImage(live.stack, one.token, picture, { type })));
    }
    taken(await one.send('/v1/kyc/apply_level_2', ANSWERS));
    await decide(one.username, 2);
    return one;
  };

  return { logIn, atLevelOne, atLevelTwo, decide };
};
