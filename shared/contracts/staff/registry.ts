import type { EndpointSpec } from '../endpoint.ts';
import { staffAdjustment } from './adjustments.ts';
import { staffAudit } from './audit.ts';
import { staffBanks } from './banks.ts';
import { staffBanksPart } from './banks-part.ts';
import { staffDeposit } from './deposits.ts';
import { staffKycDecision } from './kyc-decision.ts';
import { staffKycRelease } from './kyc-release.ts';
import { staffKycReviews } from './kyc-reviews.ts';
import { staffKycScreening } from './kyc-screening.ts';
import { staffKycUser } from './kyc-user.ts';
import { staffLedgerVerify } from './ledger-verify.ts';
import { staffTicker } from './tickers.ts';
import { staffUser } from './user.ts';
import { staffUserErasure } from './user-erasure.ts';
import { staffUserLegalHold } from './user-legal-hold.ts';
import { staffUserFactorReset } from './user-2fa-reset.ts';
import { staffUserStatus } from './user-status.ts';
import { staffUserVip } from './user-vip.ts';

/** Every endpoint of the staff API. The public API knows nothing of them. */
export const STAFF_ENDPOINTS = [
  staffUser,
  staffUserStatus,
  staffUserVip,
  staffUserFactorReset,
  staffUserLegalHold,
  staffUserErasure,
  staffKycReviews,
  staffKycUser,
  staffKycDecision,
  staffKycRelease,
  staffKycScreening,
  staffAudit,
  staffDeposit,
  staffAdjustment,
  staffTicker,
  staffLedgerVerify,
  staffBanksPart,
  staffBanks,
] as const satisfies readonly EndpointSpec[];

/** The one function that answers unknown routes and wrong methods of the staff API. */
export const STAFF_FALLBACK_FUNCTION = { id: 'admin.fallback' } as const;
