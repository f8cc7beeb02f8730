import * as z from 'zod/mini';
import { assetAmounts } from './asset-amounts.ts';
import { jsonVariable } from './json-variable.ts';

const schema = z.strictObject({
  /** At once. */
  booking: assetAmounts,
  /** In 24 hours: all that one of the staff books, and all that is booked to one user by anybody alone. */
  day: assetAmounts,
});

/** What one of the staff can book alone, as plain decimals by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof schema>>;

/** The thresholds as an environment variable carries them. */
export const approvalThresholds = z.pipe(jsonVariable, schema);
