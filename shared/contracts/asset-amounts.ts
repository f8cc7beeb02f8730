import * as z from 'zod/mini';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

/** An amount of each asset, as plain decimals. */
export const assetAmounts = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an environment variable carries as JSON. */
export const fromJson = <S extends z.ZodMiniType>(schema: S) =>
  z.pipe(z.string(), z.pipe(z.transform(parseJson), schema));
