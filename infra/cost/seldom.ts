import * as z from 'zod';
import type { SessionClient } from '../../shared/client/client.ts';
import { KycImageType } from '../../shared/contracts/enums.ts';
import type { DemoClient } from '../local/demo/client.ts';
import { codeSent, passLevelOne, register } from '../local/demo/open-account.ts';
import { digestOf } from '../local/demo/password-digest.ts';
import type { DemoPerson } from '../local/demo/person.ts';
import { ask } from './ask.ts';
import { dataOf } from './data-of.ts';

/** Somebody who has just come, and sends documents to the storage by a form instead of through the API. */
const NEWCOMER = {
  username: 'demo-cal',
  email: 'demo-cal@example.com',
  password: 'a password of this run',
  identity: { name: '王小明', identityNumber: 'A123456789', mobilePhone: '0911000003' },
};

const FREE_PHONE = '0911000004';

const form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()), id: z.string() });

const mails = z.object({ emails: z.array(z.object({ to: z.string(), text: z.string().nullable() })) });

/** A document by way of the storage. */
export const uploadByForm = async (demo: DemoClient, picture: Buffer): Promise<void> => {
  const token = await register(demo, NEWCOMER);
  await passLevelOne(demo, token, NEWCOMER);
  const file = new Blob([new Uint8Array(picture)], { type: 'image/jpeg' });
  const body = { type: KycImageType.ID_FRONT, contentType: file.type, size: file.size };
  const { url, fields, id } = form.parse((await demo.post('/v1/kyc/image/upload_url', { token, body })).data);
  const parts = new FormData();
  for (const [name, value] of Object.entries(fields)) parts.set(name, value);
  parts.set('file', file);
  const posted = await ask(url, { method: 'POST', body: parts });
  if (!posted.ok) throw new Error(`The storage answered HTTP ${posted.status} to a document.`);
  await demo.post('/v1/kyc/image/complete', { token, body: { id } });
};

/** What somebody with a session does once in a year or never. The session ends with it. */
export const changeCredentials = async (
  client: SessionClient,
  demo: DemoClient,
  nextCode: () => Promise<string>,
  { username, email, password }: DemoPerson,
): Promise<void> => {
  dataOf(await client.call('kyc.check-mobile', { body: { mobilePhone: FREE_PHONE } }));
  const [oldPassword, newPassword] = [digestOf(password), digestOf(`${password}, changed`)];
  dataOf(await client.call('account.change-password', { body: { oldPassword, newPassword } }));
  dataOf(await client.call('account.end-sessions'));
  dataOf(await client.call('account.unbind-authenticator', { body: { totpCode: await nextCode() } }));
  dataOf(await client.call('auth.apply-verification-code', { body: { loginName: username } }));
  const codeEmail = await codeSent(demo, ({ emails }) => emails.findLast(({ to }) => to === email)?.text);
  dataOf(await client.call('account.forget-password', { body: { username, codeEmail, newPassword: oldPassword } }));
};

/** Follows the link by which somebody locks an account that is no longer one's own. */
export const lockAccount = async (url: string, demo: DemoClient, { email }: DemoPerson): Promise<void> => {
  const { emails } = mails.parse(await demo.local('/outbox'));
  const links = emails.flatMap(({ to, text }) =>
    to === email ? (/http\S+user\/freeze\S+/.exec(text ?? '') ?? []) : [],
  );
  const link = links.at(-1);
  if (link === undefined) throw new Error('No mail had a link that locks the account.');
  const { pathname, search } = new URL(link);
  const page = `${url}${pathname}${search}`;
  const shown = await ask(page);
  // As a browser says that the page's own button was pressed.
  const locked = await ask(page, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
  if (!shown.ok || !locked.ok) throw new Error(`The page that locks answered ${shown.status}, then ${locked.status}.`);
};
