import { ASSET_NAMES } from '../account.ts';
import { readBalances } from '../balances.ts';
import { valueIn } from '../conversion/valuation.ts';
import { exactUnits } from '../units.ts';
import { type Body, type Operation, type OperationPlatform, required } from './order.ts';
import { freshPrices, type ReadTickers, unpriced } from './rates.ts';

/** The assets of the listed wallets, each once. A wallet without an asset stands for all that it holds. */
const listed = ({ fromWallet }: Body) =>
  fromWallet && fromWallet.length > 0
    ? new Set(fromWallet.flatMap(({ asset }) => asset ?? ASSET_NAMES))
    : new Set(ASSET_NAMES);

/** Says what wallets are worth in one asset, what is frozen included (API 8.1, GET_BALANCE_IN_QUOTE). */
export const createBalanceInQuote =
  ({ tables, clock }: OperationPlatform, readTickers: ReadTickers): Operation =>
  async ({ body, caller: { user }, setting }) => {
    const toAsset = required(body.toAsset, 'toAsset', setting.locale);
    if (!toAsset.ok) return toAsset;
    const [balances, priceOf] = await Promise.all([
      readBalances(tables.ledger, user.userId),
      freshPrices(readTickers, clock),
    ]);
    const holdings = [...listed(body)].map((asset) => ({
      asset,
      amount: balances[asset].available + balances[asset].frozen,
    }));
    const result = valueIn(toAsset.value, holdings, priceOf);
    if (!result.known) return unpriced(result.unpriced);
    return { ok: true, data: exactUnits(toAsset.value, result.value) };
  };
