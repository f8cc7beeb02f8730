import * as z from 'zod/mini';
import { assetAmounts } from './asset-amounts.ts';
import { jsonVariable } from './json-variable.ts';
import type { SettingSpec } from './setting.ts';

const schema = z.strictObject({
  /** At once. */
  booking: assetAmounts,
  /** In 24 hours: all that one of the staff books, and all that is booked to one user by anybody alone. */
  day: assetAmounts,
});

/** What one of the staff can book alone, as plain decimals by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof schema>>;

/** Above which amounts of each asset, at once and in a day, deposits and adjustments take two of the staff. */
export const approvalThresholds = {
  name: 'approvalThresholds',
  variable: 'APPROVAL_THRESHOLDS',
  schema: z.pipe(jsonVariable, schema),
} as const satisfies SettingSpec;
