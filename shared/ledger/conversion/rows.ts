import { type BaseAsset, QUOTE_ASSET } from '../../contracts/assets.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../contracts/enums.ts';
import type { HistoryRow } from '../history/row.ts';
import { formatUnits, type Units } from '../units.ts';
import { type Conversion, keptOf, type Priced, type Rate } from './conversion.ts';
import { valueOfUnit } from './prices.ts';
import { decimalOf, floor, over, type Ratio, times, whole } from './ratio.ts';

/** A row before its record has an id. */
export type UnnumberedRow = Omit<HistoryRow, 'id' | 'at' | 'updatedAt'>;

/** Prices have 8 decimals and spreads as fractions 8: their products are exact with these. */
const PRICE_DECIMALS = 16;

type Side = typeof WalletRecordType.BUY | typeof WalletRecordType.SELL;

interface Trade {
  readonly asset: BaseAsset;
  readonly amount: Units;
  /** What one cost or brought, in TWD. */
  readonly unitPrice: Ratio;
  /** In units of TWD. */
  readonly total: Units;
}

const tradeRow = (userId: string, type: Side, { asset, amount, unitPrice, total }: Trade): UnnumberedRow => ({
  userId,
  class: 'TRADE',
  asset,
  type,
  inOutType: InOutType.IN,
  amount,
  status: WalletStatus.COMPLETED,
  quoteBaseCurrency: asset,
  quoteOrderCurrency: QUOTE_ASSET,
  unitPrice: decimalOf(unitPrice, PRICE_DECIMALS),
  totalPrice: formatUnits(QUOTE_ASSET, total),
});

const isBase = (priced: Priced): priced is Priced & { readonly asset: BaseAsset } => priced.asset !== QUOTE_ASSET;

/** What is paid is worth this in TWD with the spread taken off, rounded down. */
const valueLeft = (rate: Rate, paid: Units): Units =>
  floor(times(times(whole(paid), valueOfUnit(rate.from.asset, rate.from.price)), keptOf(rate)));

/**
 * What the user sees of a conversion: the buy or sell of an asset for TWD, or the sell of the one and the buy of the other,
 * where the sell has the spread in its price. Unit prices are the user's, in TWD.
 */
export const conversionRows = (
  userId: string,
  rate: Rate,
  { paid, received }: Conversion,
): readonly UnnumberedRow[] => {
  const { from, to } = rate;
  const kept = keptOf(rate);
  const total = isBase(to) ? valueLeft(rate, paid) : received;
  const sell = isBase(from) && {
    asset: from.asset,
    amount: paid,
    unitPrice: times(from.price, kept),
    total,
  };
  const buy = isBase(to) && {
    asset: to.asset,
    amount: received,
    unitPrice: sell ? to.price : over(to.price, kept),
    total: sell ? total : paid,
  };
  return [
    ...(sell ? [tradeRow(userId, WalletRecordType.SELL, sell)] : []),
    ...(buy ? [tradeRow(userId, WalletRecordType.BUY, buy)] : []),
  ];
};
