import * as z from 'zod/mini';
import { assetAmounts, fromJson } from './asset-amounts.ts';

const schema = z.strictObject({ 2: assetAmounts, 3: assetAmounts });

/** By KYC level: those that may send. */
export type TransferLimits = Readonly<z.output<typeof schema>>;

/** The limits as an environment variable carries them. */
export const transferLimits = fromJson(schema);
