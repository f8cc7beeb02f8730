import { text } from '../../contracts/codes/text.ts';
import { type AssetName, ASSETS } from '../../contracts/assets.ts';
import type { BodyOf, Result } from '../../contracts/endpoint.ts';
import type { walletOperation } from '../../contracts/endpoints/capital/wallet-operation.ts';
import type { Locale, LocalizedText } from '../../contracts/locale.ts';
import { REQUIRED } from '../../contracts/validation-reasons.ts';
import type { Setting } from '../../identity/acting.ts';
import type { KnownCaller } from '../../identity/session-store.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import type { RecordId } from '../record-id.ts';
import { parseUnits, type Units } from '../units.ts';

type Endpoint = typeof walletOperation;

export type OperationPlatform = Platform<Endpoint['uses']>;
export type OperationResult = Result<Endpoint>;
export type Refused = Extract<OperationResult, { ok: false }>;
export type Body = BodyOf<Endpoint>;
export type Wallet = NonNullable<Body['fromWallet']>[number];

/** An operation as it was asked for. */
export interface Order {
  readonly caller: KnownCaller;
  readonly body: Body;
  readonly setting: Setting;
  /** Describes the keeping of the answer, for the transaction that moves the money. */
  readonly record: (data: RecordId) => readonly Write[];
}

/** One of the operations of API 8.1. */
export type Operation = (order: Order) => Promise<OperationResult>;

/** What was read of an order, or why it is refused. */
export type Read<T> = { readonly ok: true; readonly value: T } | Refused;

export const read = <T>(value: T): Read<T> => ({ ok: true, value });

/** Refuses a field, by its path such as `fromWallet.0.amount`. */
export const invalid = (field: string, reason: LocalizedText, locale: Locale): Refused => ({
  ok: false,
  code: 'INVALID_PARAMETER',
  params: { field, reason: reason[locale] },
});

export const missing = (field: string, locale: Locale): Refused => invalid(field, REQUIRED, locale);

/** What an operation needs and its schema cannot say, since others do without it. */
export const required = <T>(value: T | undefined, field: string, locale: Locale): Read<T> =>
  value === undefined ? missing(field, locale) : read(value);

const amountRule = (decimals: number): LocalizedText =>
  text(
    `須大於 0，至多 ${decimals} 位小數`,
    `须大于 0，至多 ${decimals} 位小数`,
    `it must be more than 0, with at most ${decimals} decimals`,
  );

/** An amount above zero with no more decimals than its asset has; nothing where none was given. */
export const readAmount = (
  asset: AssetName,
  given: string | undefined,
  field: string,
  locale: Locale,
): Read<Units | undefined> => {
  if (given === undefined) return read(undefined);
  const amount = parseUnits(asset, given);
  if (amount === undefined || amount <= 0n) return invalid(field, amountRule(ASSETS[asset].decimals), locale);
  return read(amount);
};

const ONE_WALLET = text('須剛好一個錢包', '须刚好一个钱包', 'send exactly one wallet');

/** The only element of `fromWallet`. */
export const onlyWallet = ({ fromWallet }: Body, locale: Locale): Read<Wallet> => {
  const [wallet, ...more] = fromWallet ?? [];
  if (wallet && more.length === 0) return read(wallet);
  return fromWallet ? invalid('fromWallet', ONE_WALLET, locale) : missing('fromWallet', locale);
};
