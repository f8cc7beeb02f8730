import type { AssetName } from '../../contracts/assets.ts';
import type { Settings } from '../../contracts/settings/setting.ts';
import type { Setting } from '../../identity/acting.ts';
import { recoveryNotice } from '../../identity/factor/recovery.ts';
import {
  beginProof,
  type FactorRefusal,
  type Proof,
  refusalBySpending,
  spendProven,
} from '../../identity/factor/second-factor.ts';
import {
  checkReceiver,
  checkSender,
  findReceiver,
  mayReceive,
  type NamedReceiver,
  partyOf,
  refusalByCheck,
  refusalOfSender,
  type SenderRefusal,
} from '../../identity/money-parties.ts';
import type { KnownCaller } from '../../identity/session-store.ts';
import type { Core, SecretWith, TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import type { RecordId } from '../record-id.ts';
import { formatUnits, parseUnits, type Units } from '../units.ts';
import { type OpeningPlatform, openTransfer, type Refused } from './commands.ts';
import { leftOfDay } from './daily-limit.ts';
import { askToConfirm } from './mails.ts';

/** What sending takes. */
export type SendPlatform = Omit<OpeningPlatform, 'tables'> & {
  readonly requestId: Core['requestId'];
  readonly tables: {
    readonly ledger: TableWith<'put' | 'update'>;
    readonly users: TableWith<'get' | 'update' | 'check'>;
    readonly outbox: TableWith<'put'>;
  };
  readonly secrets: { readonly totp: SecretWith<'decrypt'> };
  readonly settings: Pick<Settings, 'transferLimits'>;
};

/** Who shall get what, and the sender's second factor. */
export interface SendOrder extends NamedReceiver {
  readonly asset: AssetName;
  readonly amount: Units;
  /** Of the authenticator, or a recovery code. */
  readonly twoFAcode: string;
}

type LimitReached = {
  readonly ok: false;
  readonly code: 'TRANSFER_LIMIT';
  readonly params: { readonly left: string; readonly asset: AssetName };
};

export type SendRefusal =
  | SenderRefusal
  | LimitReached
  | {
      readonly ok: false;
      readonly code:
        | FactorRefusal
        | 'USER_NOT_FOUND'
        | 'TRANSFER_TO_ONESELF'
        | 'RECEIVER_UNAVAILABLE'
        | 'INSUFFICIENT_BALANCE'
        | 'UPDATE_FAILED';
    };

export type Sent = { readonly ok: true; readonly data: RecordId } | SendRefusal;

/** What a user of that level can send of an asset in a day. */
const limitOf = ({ settings }: SendPlatform, { user }: KnownCaller, asset: AssetName): Units => {
  const limit = settings.transferLimits[user.kycLevel === 3 ? 3 : 2][asset];
  const units = parseUnits(asset, limit);
  if (units === undefined) throw new Error(`The limit of transfers is ${limit} ${asset}, which is no such amount.`);
  return units;
};

/** What else the transaction holds, by why it may be refused; what is named first is answered first. */
type Beside = 'factor' | 'seen' | 'sender' | 'receiver' | 'mails';

/** Why the transaction was refused: who, then what. */
const refusalOf = (
  refused: Refused<Beside | 'limit' | 'funds' | 'booking'>,
  { asset, limit, now }: { readonly asset: AssetName; readonly limit: Units; readonly now: number },
): SendRefusal => {
  if (refused.has('factor')) return { ok: false, code: refusalBySpending(refused.get('factor'), now) };
  // The same request was faster: whoever put the key into the transaction answers with what was kept.
  if (refused.has('seen')) return { ok: false, code: 'UPDATE_FAILED' };
  if (refused.has('sender')) return refusalByCheck(refused.get('sender'), now);
  if (refused.has('receiver')) return { ok: false, code: 'RECEIVER_UNAVAILABLE' };
  if (refused.has('funds')) return { ok: false, code: 'INSUFFICIENT_BALANCE' };
  if (!refused.has('limit')) return { ok: false, code: 'UPDATE_FAILED' };
  const left = formatUnits(asset, leftOfDay(refused.get('limit'), limit));
  return { ok: false, code: 'TRANSFER_LIMIT', params: { left, asset } };
};

/** Why this cannot be sent at all, by what is known of the sender. */
const refusedAtOnce = (
  { user, factor }: KnownCaller,
  { receiver }: SendOrder,
  now: number,
): SendRefusal | undefined => {
  const refusal = refusalOfSender(user, now);
  if (refusal) return refusal;
  if (factor?.key === undefined) return { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
  const isOneself = receiver.toLowerCase() === user.username.toLowerCase();
  return isOneself ? { ok: false, code: 'TRANSFER_TO_ONESELF' } : undefined;
};

type Proven = Extract<Proof, { readonly right: true }>;

/**
 * Sends money to another user (API 8.1, TRANSFER): it is frozen until the sender has followed a mailed link and
 * confirmed, or has cancelled, or half an hour is over. The second factor, the answer kept under the request's key, the
 * hold, the transfer and its mail are one transaction, which also holds that sender and receiver are still as they were
 * judged to be.
 */
export const createSending = (platform: SendPlatform) => {
  const { tables, clock, requestId } = platform;

  const open = async (
    caller: KnownCaller,
    {
      asset,
      amount,
      receiver,
    }: Pick<SendOrder, 'asset' | 'amount'> & { readonly receiver: ReturnType<typeof partyOf> },
    { spending }: Proven,
    setting: Setting,
    record: (data: RecordId) => readonly Write[],
  ): Promise<Sent> => {
    const { user } = caller;
    const now = clock.now();
    const limit = limitOf(platform, caller, asset);
    const sender = { ...partyOf(user), locale: setting.locale };
    const opened = await openTransfer(
      platform,
      { sender, receiver, asset, amount, dailyLimit: limit, requestId: requestId() },
      (transfer) => ({
        factor: [spendProven(tables.users, spending)],
        seen: record(transfer.id),
        sender: [checkSender(tables.users, user.userId, now)],
        receiver: [checkReceiver(tables.users, receiver.userId)],
        mails: [
          askToConfirm(platform, transfer, setting.locale),
          ...recoveryNotice(platform, caller, spending, setting),
        ],
      }),
    );
    return opened.ok ? { ok: true, data: opened.transfer.id } : refusalOf(opened.refused, { asset, limit, now });
  };

  return async (
    caller: KnownCaller,
    order: SendOrder,
    setting: Setting,
    record: (data: RecordId) => readonly Write[],
  ): Promise<Sent> => {
    const refusal = refusedAtOnce(caller, order, clock.now());
    if (refusal) return refusal;
    const owner = { userId: caller.user.userId, factor: caller.factor };
    const judge = beginProof(platform, owner, order.twoFAcode);
    const receiver = await findReceiver(tables.users, order, clock.now());
    if (!receiver) return { ok: false, code: 'USER_NOT_FOUND' };
    if (!mayReceive(receiver)) return { ok: false, code: 'RECEIVER_UNAVAILABLE' };
    const proof = await judge();
    if (!proof.right) return { ok: false, code: proof.code };
    return open(caller, { ...order, receiver: partyOf(receiver) }, proof, setting, record);
  };
};
