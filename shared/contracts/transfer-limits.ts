import * as z from 'zod/mini';
import { assetAmounts } from './asset-amounts.ts';
import { jsonVariable } from './json-variable.ts';

const schema = z.strictObject({ 2: assetAmounts, 3: assetAmounts });

/** By KYC level: those that may send. */
export type TransferLimits = Readonly<z.output<typeof schema>>;

/** The limits as an environment variable carries them. */
export const transferLimits = z.pipe(jsonVariable, schema);
