import type { AssetName } from '../../contracts/assets.ts';
import { text } from '../../contracts/codes/text.ts';
import type { Locale } from '../../contracts/locale.ts';
import { permissionsOf } from '../../identity/permissions.ts';
import { type Conversion, conversionLegs, convertPaid, convertReceived, type Rate } from '../conversion/conversion.ts';
import { conversionRows } from '../conversion/rows.ts';
import { MOST_UNITS, type Units } from '../units.ts';
import { book } from './booking.ts';
import {
  invalid,
  missing,
  onlyWallet,
  type Operation,
  type OperationPlatform,
  type Order,
  read,
  type Read,
  readAmount,
  required,
} from './order.ts';
import { freshPrices, ratesOf, type ReadTickers, unpriced } from './rates.ts';

const AMOUNT = 'fromWallet.0.amount';
const AMOUNT_IN_TO_ASSET = 'fromWallet.0.amountInToAsset';

const SAME_ASSET = text('須與 asset 不同', '须与 asset 不同', 'it must be another asset than the wallet has');
const EITHER = text(
  '請只給 amount 或 amountInToAsset',
  '请只给 amount 或 amountInToAsset',
  'send either amount or amountInToAsset',
);
const TOO_SMALL = text(
  '金額太小，換不到目標幣種的最小單位',
  '金额太小，换不到目标币种的最小单位',
  'it is too small to bring even the smallest unit of the other asset',
);

/** What is to be converted; which of the two amounts was given decides which is exact. */
interface Wanted {
  readonly from: AssetName;
  readonly to: AssetName;
  readonly paid: Units | undefined;
  readonly received: Units | undefined;
}

const readAmounts = (
  { amount, amountInToAsset }: { readonly amount?: string | undefined; readonly amountInToAsset?: string | undefined },
  from: AssetName,
  to: AssetName,
  locale: Locale,
): Read<Wanted> => {
  if (amount !== undefined && amountInToAsset !== undefined) return invalid(AMOUNT_IN_TO_ASSET, EITHER, locale);
  const paid = readAmount(from, amount, AMOUNT, locale);
  if (!paid.ok) return paid;
  const received = readAmount(to, amountInToAsset, AMOUNT_IN_TO_ASSET, locale);
  if (!received.ok) return received;
  if (paid.value === undefined && received.value === undefined) return missing(AMOUNT, locale);
  return read({ from, to, paid: paid.value, received: received.value });
};

const readWanted = ({ body, setting: { locale } }: Order): Read<Wanted> => {
  const wallet = onlyWallet(body, locale);
  if (!wallet.ok) return wallet;
  const from = required(wallet.value.asset, 'fromWallet.0.asset', locale);
  if (!from.ok) return from;
  const to = required(body.toAsset, 'toAsset', locale);
  if (!to.ok) return to;
  if (from.value === to.value) return invalid('toAsset', SAME_ASSET, locale);
  return readAmounts(wallet.value, from.value, to.value, locale);
};

const convertAt = (rate: Rate, { paid, received }: Wanted): Conversion =>
  received === undefined ? convertPaid(rate, paid ?? 0n) : convertReceived(rate, received);

/** More than can be stored, and so more than anybody has. */
const tooMuch = ({ paid, received, spread }: Conversion): boolean =>
  [paid, received, spread].some((amount) => amount > MOST_UNITS);

/** Converts one asset to another at the ticker with the user's spread, at once (API 8.1, CONVERT). */
export const createConvert =
  (platform: OperationPlatform, readTickers: ReadTickers): Operation =>
  async (order) => {
    const { user } = order.caller;
    const { locale } = order.setting;
    const wanted = readWanted(order);
    if (!wanted.ok) return wanted;
    if (!permissionsOf(user).allowTrade) return { ok: false, code: 'TRADE_NOT_ALLOWED' };
    const priceOf = await freshPrices(readTickers, platform.clock);
    const found = ratesOf(user, wanted.value.to, priceOf)(wanted.value.from);
    if ('unpriced' in found) return unpriced(found.unpriced);
    const converted = convertAt(found.rate, wanted.value);
    if (converted.received === 0n) return invalid(AMOUNT, TOO_SMALL, locale);
    if (tooMuch(converted)) return { ok: false, code: 'INSUFFICIENT_BALANCE' };
    return book(platform, {
      kind: 'convert',
      legs: conversionLegs(user.userId, converted),
      rows: conversionRows(user.userId, found.rate, converted),
      record: order.record,
    });
  };
