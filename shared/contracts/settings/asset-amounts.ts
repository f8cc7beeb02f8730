import * as z from 'zod/mini';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

/** An amount of each asset, as plain decimals. */
export const assetAmounts = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });
