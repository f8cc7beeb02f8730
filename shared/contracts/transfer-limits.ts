import * as z from 'zod/mini';
import { jsonVariable } from './json-variable.ts';

const amount = z.string().check(z.regex(/^\d+(\.\d+)?$/));

/** What can be sent of each asset. */
const amounts = z.strictObject({ TWD: amount, USDT: amount, BTC: amount, ETH: amount, USD: amount });

const schema = z.strictObject({ 2: amounts, 3: amounts });

/** By KYC level: those that may send. */
export type TransferLimits = Readonly<z.output<typeof schema>>;

/** The limits as an environment variable carries them. */
export const transferLimits = z.pipe(jsonVariable, schema);
