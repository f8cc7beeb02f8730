import type * as z from 'zod/mini';
import { assetAmounts, fromJson } from './asset-amounts.ts';

/** What one of the staff can book alone, by asset. */
export type ApprovalThresholds = Readonly<z.output<typeof assetAmounts>>;

/** The thresholds as an environment variable carries them. */
export const approvalThresholds = fromJson(assetAmounts);
