import * as z from 'zod/mini';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

const schema = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });

/** What one of the staff can book alone, by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof schema>>;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The thresholds as an environment variable carries them. */
export const approvalThresholds = z.pipe(z.string(), z.pipe(z.transform(parseJson), schema));
