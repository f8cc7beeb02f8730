import * as z from 'zod/mini';
import { jsonVariable } from './json-variable.ts';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

const schema = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });

/** What one of the staff can book alone, by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof schema>>;

/** The thresholds as an environment variable carries them. */
export const approvalThresholds = z.pipe(jsonVariable, schema);
