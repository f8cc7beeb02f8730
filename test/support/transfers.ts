import { transferCancel } from '../../shared/contracts/endpoints/capital/transfer-cancel.ts';
import { transferConfirm } from '../../shared/contracts/endpoints/capital/transfer-confirm.ts';
import { transferEmailConfirm } from '../../shared/contracts/endpoints/capital/transfer-email-confirm.ts';
import { transferResend } from '../../shared/contracts/endpoints/capital/transfer-resend.ts';
import { type ScheduledJob, transferExpiry } from '../../shared/contracts/jobs.ts';
import { transferLimits } from '../../shared/contracts/settings/transfer-limits.ts';
import { cancelTransfer } from '../../shared/ledger/transfer/cancel.ts';
import { confirmTransfer } from '../../shared/ledger/transfer/confirm.ts';
import { followTransferLink, readLinked } from '../../shared/ledger/transfer/email-confirm.ts';
import { expireTransfers } from '../../shared/ledger/transfer/expiry.ts';
import { readNamed } from '../../shared/ledger/transfer/own.ts';
import { resendTransferMail } from '../../shared/ledger/transfer/resend.ts';
import { createSending } from '../../shared/ledger/transfer/send.ts';
import { findTransfer } from '../../shared/ledger/transfer/transfer.ts';
import type { Write } from '../../shared/platform/writes.ts';
import { type Identity, origin } from './identity.ts';
import { ledgerUseCases, type Member, unitsOf } from './ledger.ts';
import { testFoundation, testJobFoundation } from './test-platform.ts';

/** What sending is given, as the endpoint's function is. */
const SENDING = {
  id: 'jobs.sending',
  summary: 'Send money',
  schedule: 'rate(1 minute)',
  uses: {
    ledger: ['put', 'update'],
    users: ['get', 'update', 'check'],
    outbox: ['put'],
    secrets: { totp: ['decrypt'] },
    settings: [transferLimits],
  },
  variables: [],
} as const satisfies ScheduledJob;

const setting = { origin: origin(), locale: 'en' } as const;

type Asset = Parameters<typeof unitsOf>[0];

/** What a test sends in place of what a right order has. */
interface Order {
  readonly asset?: Asset;
  readonly receiver?: string;
  readonly receiverEmail?: string;
  readonly twoFAcode?: string;
  readonly record?: (data: number) => readonly Write[];
}

/** The use cases of transfers, over a test's engine. */
export const transferUseCases = (identity: Identity) => {
  const { resources, inbox, outbox } = identity;
  const ledger = ledgerUseCases(identity);
  const { table } = ledger;
  const sendAs = createSending(testJobFoundation(SENDING, resources).platform);

  /** Sends an amount of USDT to somebody, proven by the code of now, unless told otherwise. */
  const send = async (from: Member, to: Pick<Member, 'name' | 'email'>, amount: string, order: Order = {}) => {
    const { asset = 'USDT', record = () => [], ...given } = order;
    const right = { receiver: to.name, receiverEmail: to.email, twoFAcode: from.code() };
    return sendAs(await from.caller(), { ...right, ...given, asset, amount: unitsOf(asset, amount) }, setting, record);
  };

  const read = (id: number | string) => readNamed(table, String(id));

  const cancel = async (who: Member, id: number | string) =>
    cancelTransfer(testFoundation(transferCancel, resources).platform, await who.caller(), await read(id));

  const confirm = async (who: Member, id: number | string) =>
    confirmTransfer(testFoundation(transferConfirm, resources).platform, await who.caller(), await read(id));

  const resend = async (who: Member, id: number | string) =>
    resendTransferMail(testFoundation(transferResend, resources).platform, await who.caller(), await read(id), setting);

  const follow = async (who: Member, code: string) => {
    const { platform } = testFoundation(transferEmailConfirm, resources);
    return followTransferLink(platform, await who.caller(), code, await readLinked(table, code));
  };

  const expire = () => expireTransfers(testJobFoundation(transferExpiry, resources).platform);

  /** The code in the newest link that was mailed to somebody, once what is queued has been sent. */
  const linkOf = async ({ email }: Pick<Member, 'email'>): Promise<string> => {
    await outbox.deliverAll();
    const links = inbox.mails
      .filter(({ to }) => to === email)
      .flatMap(({ text }) => /emailtransfer\?code=([\w-]+)/.exec(text)?.[1] ?? []);
    return links.at(-1) ?? '';
  };

  /** Somebody with 100 USDT who has sent some of them, and the transfer's id. */
  const sending = async (amount = '40') => {
    const [from, to] = [await ledger.member({ USDT: '100' }), await ledger.member()];
    const sent = await send(from, to, amount);
    if (!sent.ok) throw new Error(`The transfer was answered ${sent.code}.`);
    return { from, to, id: sent.data };
  };

  /** The same, once the mailed link was followed. */
  const mailConfirmed = async (amount = '40') => {
    const made = await sending(amount);
    const followed = await follow(made.from, await linkOf(made.from));
    if (!followed.ok) throw new Error(`The link was answered ${followed.code}.`);
    return made;
  };

  const stateOf = async (id: number) => (await findTransfer(table, id))?.status;

  return { ...ledger, send, cancel, confirm, resend, follow, expire, linkOf, sending, mailConfirmed, stateOf };
};
