import * as z from 'zod/mini';
import { jsonVariable } from './json-variable.ts';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

const byAsset = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });

const schema = z.strictObject({
  /** At once. */
  booking: byAsset,
  /** In 24 hours: all that one of the staff books, and all that is booked to one user by anybody alone. */
  day: byAsset,
});

/** What one of the staff can book alone, as plain decimals by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof schema>>;

/** The thresholds as an environment variable carries them. */
export const approvalThresholds = z.pipe(jsonVariable, schema);
