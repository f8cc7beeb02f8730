import { TOTP, Secret } from 'otpauth';
import sharp from 'sharp';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { KycImageType } from '../../../shared/contracts/enums.ts';
import { staffKycDecision } from '../../../shared/contracts/staff/kyc-decision.ts';
import type { CallStaff } from '../../admin/staff-client.ts';
import { StartError } from '../errors.ts';
import type { DemoClient } from './client.ts';
import { digestOf } from './password-digest.ts';
import type { DemoPerson } from './person.ts';

const MAIL_WAIT_MS = 15_000;
const POLL_MS = 50;

const captcha = z.object({ captchaId: z.string() });
const captchaText = z.object({ answer: z.string() });
const sent = z.object({
  emails: z.array(z.object({ to: z.string(), text: z.string().nullable() })),
  sms: z.array(z.object({ to: z.string(), text: z.string() })),
});
const applied = z.object({ totpKey: z.string() });

/** The six digits that were sent, by mail or by text; waits for them. */
export const codeSent = async (
  client: DemoClient,
  find: (outbox: z.output<typeof sent>) => string | null | undefined,
) => {
  const deadline = performance.now() + MAIL_WAIT_MS;
  while (performance.now() < deadline) {
    const code = /\b\d{6}\b/.exec(find(sent.parse(await client.local('/outbox'))) ?? '')?.[0];
    if (code !== undefined) return code;
    await sleep(POLL_MS);
  }
  throw new StartError(`A code did not come within ${MAIL_WAIT_MS / 1000} s.`);
};

/** Registers somebody, proves the mailbox and logs in; returns the token. */
export const register = async (
  client: DemoClient,
  { username, email, password }: Pick<DemoPerson, 'username' | 'email' | 'password'>,
): Promise<string> => {
  const { captchaId } = captcha.parse((await client.get('/v1/captcha/image')).data);
  const { answer: captchaNumber } = captchaText.parse(await client.local(`/captcha/${captchaId}`));
  const digest = digestOf(password);
  await client.post('/v1/register', {
    body: { username, email, password: digest, captchaId, captchaNumber, lang: 'en' },
  });
  const code = await codeSent(client, ({ emails }) => emails.findLast(({ to }) => to === email)?.text);
  await client.post('/v1/verify', { body: { loginName: username, code } });
  const { token } = await client.post('/v1/login', { body: { loginName: username, password: digest } });
  if (token === undefined) throw new StartError(`${username} got no session.`);
  return token;
};

/** Level 1: who somebody is, and a phone that answers. */
export const passLevelOne = async (
  client: DemoClient,
  token: string,
  { username, identity }: Pick<DemoPerson, 'username' | 'identity'>,
): Promise<void> => {
  const { name, identityNumber, mobilePhone } = identity;
  const gender = identityNumber[1] === '1' ? 1 : 0;
  await client.post('/v1/kyc/basic_data', {
    token,
    body: { name, gender, birthday: '1990/01/05', identityNumber },
  });
  await client.post('/v1/apply_verification_code', { token, body: { loginName: username, mobilePhone } });
  const suffix = mobilePhone.slice(1);
  const code = await codeSent(client, ({ sms }) => sms.findLast(({ to }) => to.endsWith(suffix))?.text);
  await client.post('/v1/kyc/verify_basic_data', { token, body: { mobilePhone, code } });
};

const QUESTIONNAIRE = {
  q1: { value: 'other', otherValue: 'a demo account' },
  q2: { value: 'no' },
  q3: { value: '1_to_3' },
  q4: { value: 'less_than_50' },
};

/** Level 2: documents, which here are blank, and the decision of staff. */
const passLevelTwo = async (client: DemoClient, staff: CallStaff, token: string, username: string): Promise<void> => {
  const blank = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#dfe7f5' } })
    .jpeg()
    .toBuffer();
  const documents = Object.values(KycImageType).filter((type) => type !== KycImageType.BANK_ACCOUNT);
  for (const type of documents) {
    const form = new FormData();
    form.set('type', String(type));
    form.set('file', new Blob([Uint8Array.from(blank)], { type: 'image/jpeg' }), 'document.jpg');
    await client.post('/v1/kyc/image', { token, form });
  }
  await client.post('/v1/kyc/apply_level_2', { token, body: QUESTIONNAIRE });
  const body = { level: 2, decision: 'approve', reason: 'A demo account.' } as const;
  await staff(staffKycDecision, { params: { username }, body }, z.unknown());
};

/** Binds an authenticator; returns its key. */
export const bindFactor = async (client: DemoClient, token: string): Promise<string> => {
  const { totpKey } = applied.parse((await client.get('/v1/user/apply_google_device_authenticator', { token })).data);
  const totpCode = new TOTP({ secret: Secret.fromBase32(totpKey) }).generate();
  await client.post('/v1/user/bind_google_device_authenticator', { token, body: { totpKey, totpCode } });
  return totpKey;
};

/**
 * Opens an account as a person would, through the API: registered, KYC level 2, second factor bound.
 *
 * @returns the authenticator's key.
 * @throws StartError for what the API refuses.
 */
export const openAccount = async (client: DemoClient, staff: CallStaff, person: DemoPerson): Promise<string> => {
  const token = await register(client, person);
  await passLevelOne(client, token, person);
  await passLevelTwo(client, staff, token, person.username);
  return bindFactor(client, token);
};
