import { Secret, TOTP } from 'otpauth';
import sharp from 'sharp';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { createClient, type SessionClient } from '../../shared/client/client.ts';
import { staffDeposit } from '../../shared/contracts/staff/deposits.ts';
import { staffApiOf } from '../admin/staff-api.ts';
import { type CallStaff, createStaffClient } from '../admin/staff-client.ts';
import { createDemoClient } from '../local/demo/client.ts';
import { openAccount } from '../local/demo/open-account.ts';
import { digestOf } from '../local/demo/password-digest.ts';
import { type DemoPerson, demoPeople } from '../local/demo/person.ts';
import { ask } from './ask.ts';
import { dataOf } from './data-of.ts';
import { changeCredentials, lockAccount, uploadByForm } from './seldom.ts';

const PRINCIPAL = 'cost';

/** As often as what changes nothing is asked, so that the first, which wakes the function, does not count. */
const REPEATS = 5;

/** The step of TOTP in milliseconds: a code is good once, so the clock goes on before the next. */
const STEP_MS = 30_000;

/** Below the limit of a session and a route in a second. */
const PAUSE_MS = 100;

const MAIL_WAIT_MS = 15_000;

const outbox = z.object({ emails: z.array(z.object({ to: z.string(), text: z.string().nullable() })) });

/** Somebody who uses the API through the measuring front. */
const personAt = (url: string, name: DemoPerson, key: string) => {
  const client = createClient({ baseUrl: url, language: 'en' });
  const local = async (path: string, init?: RequestInit): Promise<unknown> => {
    const answer: unknown = await (await ask(`${url}/_local${path}`, init)).json();
    return answer;
  };
  let ahead = 0;
  const nextCode = async (): Promise<string> => {
    ahead += STEP_MS;
    await local('/clock', { method: 'POST', body: JSON.stringify({ offsetMs: ahead }) });
    return new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + ahead });
  };
  const linkInMail = async (): Promise<string> => {
    const deadline = performance.now() + MAIL_WAIT_MS;
    for (;;) {
      const { emails } = outbox.parse(await local('/outbox'));
      const text = emails.findLast(({ to, text: body }) => to === name.email && /emailtransfer/.test(body ?? ''))?.text;
      const link = /http\S+emailtransfer\S+/.exec(text ?? '')?.[0];
      if (link !== undefined) return link;
      if (performance.now() > deadline) throw new Error('The mail with the link of a transfer did not come.');
      await sleep(50);
    }
  };
  return { client, local, nextCode, linkInMail };
};

type Person = ReturnType<typeof personAt>;

const repeat = async (call: () => Promise<unknown>): Promise<void> => {
  for (let round = 0; round < REPEATS; round += 1) {
    await call();
    await sleep(PAUSE_MS);
  }
};

const logIn = async ({ client, nextCode }: Person, { username, password }: DemoPerson): Promise<void> => {
  dataOf(await client.call('auth.login', { body: { loginName: username, password: digestOf(password) } }));
  dataOf(await client.call('account.check-2fa', { body: { totpCode: await nextCode() } }));
};

/** What somebody looks at. */
const look = async (client: SessionClient, url: string): Promise<void> => {
  const ids = [
    'service.health',
    'service.time',
    'landing.all-tickers',
    'wallet.crypto-list',
    'account.login-status',
    'account.user',
    'account.vip-info',
    'account.sessions',
    'kyc.status',
    'wallet.balance',
    'wallet.history-list',
    'finance.bank-codes',
    'account.login-log',
  ] as const;
  for (const id of ids) await repeat(async () => dataOf(await client.call(id)));
  await repeat(async () => ask(`${url}/v1/openapi.json`));
  await repeat(async () => dataOf(await client.call('wallet.crypto-paymentway', { query: {} })));
  await repeat(async () => dataOf(await client.call('account.bank-accounts', { body: {} })));
  await repeat(async () => dataOf(await client.call('finance.bank-branches', { query: { code: '005' } })));
};

const tradeAndSend = async ({ client, nextCode, linkInMail }: Person, to: DemoPerson, url: string): Promise<void> => {
  await repeat(async () => {
    const fromWallet = [{ wallet: 'SPOT@', asset: 'TWD', amount: '100' }] as const;
    const body = { operation: 'CONVERT', fromWallet, toAsset: 'USDT' } as const;
    dataOf(await client.call('capital.wallet-operation', { body }));
  });
  const send = async () => {
    const fromWallet = [{ wallet: 'SPOT@', asset: 'TWD', amount: '10' }] as const;
    const receiver = { receiver: to.username, receiverEmail: to.email };
    const body = { operation: 'TRANSFER', fromWallet, ...receiver, twoFAcode: await nextCode() } as const;
    return z.string().parse(dataOf(await client.call('capital.wallet-operation', { body })));
  };
  const sent = await send();
  const { pathname, search } = new URL(await linkInMail());
  await ask(`${url}${pathname}${search}`, { headers: { token: client.token ?? '' }, redirect: 'manual' });
  dataOf(await client.call('capital.transfer-confirm', { query: { balance_audit_id: sent } }));
  const another = await send();
  dataOf(await client.call('capital.transfer-resend', { query: { balance_audit_id: another } }));
  dataOf(await client.call('capital.transfer-cancel', { query: { id: another } }));
};

const newPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 1_600, height: 1_200, channels: 3, background: '#cde' } })
    .jpeg()
    .toBuffer();

const keep = async ({ client, nextCode }: Person, picture: Buffer): Promise<void> => {
  dataOf(await client.call('account.reauthenticate', { body: { totpCode: await nextCode() } }));
  const { apiKey } = dataOf(await client.call('account.create-api-key', { body: { label: 'cost', scopes: ['read'] } }));
  dataOf(await client.call('account.api-keys'));
  dataOf(await client.call('account.delete-api-key', { query: { apiKey } }));
  dataOf(await client.call('account.recovery-codes'));
  const file = new Blob([new Uint8Array(picture)], { type: 'image/jpeg' });
  const bank = { code: '005', branch: '0016', account: '60090100005777' };
  dataOf(await client.call('kyc.apply-level-3', { body: { ...bank, file } }));
};

const fund = async (staff: CallStaff, { username, funds }: DemoPerson): Promise<void> => {
  for (const { asset, amount } of funds) {
    const body = { username, asset, amount, bankRef: `cost-${username}-${asset}` };
    await staff(staffDeposit, { body }, staffDeposit.data);
  }
};

/** Two people register, pass KYC, look around, trade, send and leave: each endpoint is asked as a person would. */
export const liveThrough = async (url: string, adminUrl: string): Promise<void> => {
  const staff = createStaffClient(staffApiOf({ ADMIN_URL: adminUrl, ADMIN_PRINCIPAL: PRINCIPAL }, PRINCIPAL));
  const demo = createDemoClient(url);
  await ask(`${url}/_local/jobs/jobs-price-feed`, { method: 'POST' });
  const people = demoPeople();
  const keys: string[] = [];
  for (const each of people) {
    keys.push(await openAccount(demo, staff, each));
    await fund(staff, each);
  }
  const [ann, bob] = people;
  if (!ann || !bob) throw new Error('There are no demo people to live through it.');
  const person = personAt(url, ann, keys[0] ?? '');
  await logIn(person, ann);
  await look(person.client, url);
  await tradeAndSend(person, bob, url);
  const picture = await newPicture();
  await keep(person, picture);
  await uploadByForm(demo, picture);
  dataOf(await person.client.call('auth.logout'));
  for (let round = 1; round < REPEATS; round += 1) {
    await logIn(person, ann);
    dataOf(await person.client.call('auth.logout'));
  }
  await logIn(person, ann);
  await changeCredentials(person.client, demo, person.nextCode, ann);
  await lockAccount(url, demo, ann);
};
