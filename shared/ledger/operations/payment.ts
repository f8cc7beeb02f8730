import type { AssetName } from '../../contracts/assets.ts';
import { text } from '../../contracts/codes/text.ts';
import { WALLET } from '../../contracts/endpoints/capital/wallet-operation.ts';
import type { ExactNumber } from '../../contracts/exact-number.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../contracts/enums.ts';
import { ASSET_NAMES, available, house } from '../account.ts';
import { type Balances, readBalances } from '../balances.ts';
import { type Conversion, conversionLegs } from '../conversion/conversion.ts';
import { cover, type Source } from '../conversion/cover.ts';
import type { UnnumberedRow } from '../conversion/rows.ts';
import type { Holding } from '../conversion/valuation.ts';
import type { Leg } from '../journal.ts';
import { exactUnits, type Units } from '../units.ts';
import {
  invalid,
  missing,
  type OperationPlatform,
  type Order,
  read,
  type Read,
  readAmount,
  required,
  type Wallet,
} from './order.ts';
import { freshPrices, ratesOf, type ReadTickers, unpriced } from './rates.ts';

/** What is owed, and where it may be taken from, in this order. */
export interface Payment {
  readonly owed: Holding;
  readonly sources: readonly Source[];
}

const UNKNOWN_SERVICE = text('不是可付款的服務', '不是可付款的服务', 'this is no service that can be paid');

/** The service that is named; the dry run does without. */
export const readService = (
  { settings }: Pick<OperationPlatform, 'settings'>,
  { body: { receiver }, setting: { locale } }: Order,
): Read<string | undefined> =>
  receiver === undefined || settings.services.includes(receiver)
    ? read(receiver)
    : invalid('receiver', UNKNOWN_SERVICE, locale);

const readSource = (wallet: Wallet, index: number, to: AssetName, { setting: { locale } }: Order): Read<Source> => {
  const path = `fromWallet.${index}`;
  const asset = required(wallet.asset, `${path}.asset`, locale);
  if (!asset.ok) return asset;
  const most = readAmount(asset.value, wallet.amount, `${path}.amount`, locale);
  if (!most.ok) return most;
  const mostReceived = readAmount(to, wallet.amountInToAsset, `${path}.amountInToAsset`, locale);
  if (!mostReceived.ok) return mostReceived;
  return read({ asset: asset.value, most: most.value, mostReceived: mostReceived.value });
};

const readSources = (order: Order, to: AssetName): Read<readonly Source[]> => {
  const wallets = order.body.fromWallet ?? [];
  const sources: Source[] = [];
  for (const [index, wallet] of wallets.entries()) {
    const source = readSource(wallet, index, to, order);
    if (!source.ok) return source;
    sources.push(source.value);
  }
  return sources.length > 0 ? read(sources) : missing('fromWallet', order.setting.locale);
};

/** Reads what is to be paid and from where. */
export const readPayment = (order: Order): Read<Payment> => {
  const { body, setting } = order;
  const asset = required(body.toAsset, 'toAsset', setting.locale);
  if (!asset.ok) return asset;
  const given = readAmount(asset.value, body.toAmount, 'toAmount', setting.locale);
  if (!given.ok) return given;
  const amount = required(given.value, 'toAmount', setting.locale);
  if (!amount.ok) return amount;
  const sources = readSources(order, asset.value);
  return sources.ok ? read({ owed: { asset: asset.value, amount: amount.value }, sources: sources.value }) : sources;
};

const availableOf = (balances: Balances): ReadonlyMap<AssetName, Units> =>
  new Map(ASSET_NAMES.map((asset) => [asset, balances[asset].available]));

/** What each source pays as things stand now. Reads balances and prices at once. */
export const planPayment = async (
  { tables, clock }: OperationPlatform,
  readTickers: ReadTickers,
  { caller: { user } }: Order,
  { owed, sources }: Payment,
): Promise<Read<readonly Conversion[]>> => {
  const [balances, priceOf] = await Promise.all([
    readBalances(tables.ledger, user.userId),
    freshPrices(readTickers, clock),
  ]);
  const covered = cover(owed, sources, availableOf(balances), ratesOf(user, owed.asset, priceOf));
  if (covered.kind === 'unpriced') return unpriced(covered.asset);
  return covered.kind === 'covered' ? read(covered.parts) : { ok: false, code: 'INSUFFICIENT_BALANCE' };
};

/** What a wallet pays, as it is answered. */
interface Paid {
  wallet: typeof WALLET;
  asset: AssetName;
  amount: ExactNumber;
  amountInToAsset: ExactNumber;
}

/** The parts as the caller is told them. */
export const answered = (parts: readonly Conversion[]): Paid[] =>
  parts.map(({ from, to, paid, received }) => ({
    wallet: WALLET,
    asset: from,
    amount: exactUnits(from, paid),
    amountInToAsset: exactUnits(to, received),
  }));

/** The movement of a payment: what is owed goes to the service, what is of another asset by way of a conversion. */
export const paymentLegs = (userId: string, service: string, parts: readonly Conversion[]): readonly Leg[] =>
  parts.flatMap((part) => {
    const receiver = house(`service:${service}`, part.to);
    if (part.from !== part.to) return conversionLegs(userId, part, receiver);
    return [
      { account: available(userId, part.from), amount: -part.paid },
      { account: receiver, amount: part.received },
    ];
  });

/** What the user sees of a payment: a row for each asset that was paid. */
export const paymentRows = (
  userId: string,
  service: string,
  parts: readonly Conversion[],
): readonly UnnumberedRow[] => {
  const paid = new Map<AssetName, Units>();
  for (const part of parts) paid.set(part.from, (paid.get(part.from) ?? 0n) + part.paid);
  return [...paid].map(([asset, amount]) => ({
    userId,
    class: 'FLOW',
    asset,
    type: WalletRecordType.PAYMENT,
    inOutType: InOutType.OUT,
    amount,
    status: WalletStatus.COMPLETED,
    counterparty: service,
  }));
};
