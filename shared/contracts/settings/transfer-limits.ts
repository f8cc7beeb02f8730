import * as z from 'zod/mini';
import { assetAmounts } from './asset-amounts.ts';
import { jsonVariable } from './json-variable.ts';
import type { SettingSpec } from './setting.ts';

const schema = z.strictObject({ 2: assetAmounts, 3: assetAmounts });

/** By KYC level: those that may send. */
export type TransferLimits = Readonly<z.output<typeof schema>>;

/** What a user of each KYC level that may send can send in a day, as plain decimals by asset. */
export const transferLimits = {
  name: 'transferLimits',
  variable: 'TRANSFER_LIMITS',
  schema: z.pipe(jsonVariable, schema),
} as const satisfies SettingSpec;
