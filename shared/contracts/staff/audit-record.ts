import * as z from 'zod/mini';
import { assetName } from './fields.ts';
import { imageStatus, kycLevel, kycStatus, userStatus } from '../states.ts';

/** What staff can do or look at, as the audit names it. */
export const auditAction = z.enum([
  'user.read',
  'user.status',
  'user.vip',
  'user.2fa-reset',
  'user.legal-hold',
  'user.erasure-look',
  'user.erasure-request',
  'user.erasure',
  'user.erased',
  'audit.read',
  'banks.part',
  'banks.import',
  'kyc.reviews',
  'kyc.read',
  'kyc.decision',
  'kyc.release',
  'kyc.screening',
  'deposit.request',
  'deposit.book',
  'adjustment.request',
  'adjustment.book',
  'ticker.set',
  'ledger.verify',
]);

const auditedImage = z.optional(imageStatus);

/**
 * The allow-list of what the audit tells of a state: only what staff may see for years. A hash, a key or a code has no
 * field here, so none can get in.
 */
const auditedState = z.object({
  userStatus: z.optional(userStatus),
  isVIP: z.optional(z.boolean()),
  /** Exact decimal in percent; null where the house's applies. */
  spread: z.optional(z.nullable(z.string())),
  is2FA: z.optional(z.boolean()),
  /** Epoch milliseconds. */
  holdUntil: z.optional(z.nullable(z.int())),
  /** Whether nothing of the user may be erased. */
  legalHold: z.optional(z.boolean()),
  /** When the account was closed, and until when what law wants is kept; epoch milliseconds. */
  closedAt: z.optional(z.nullable(z.int())),
  keepUntil: z.optional(z.int()),
  kycLevel: z.optional(kycLevel),
  statusLevel1: z.optional(kycStatus),
  statusLevel2: z.optional(kycStatus),
  statusLevel3: z.optional(kycStatus),
  /** Statuses by image type. */
  images: z.optional(
    z.object({
      '1': auditedImage,
      '2': auditedImage,
      '3': auditedImage,
      '4': auditedImage,
      '5': auditedImage,
      '6': auditedImage,
    }),
  ),
  /** Against lists of sanctions: what was found, by which edition, and whether staff let it pass by hand. */
  screening: z.optional(z.nullable(z.enum(['clear', 'due', 'hit', 'failed']))),
  listVersion: z.optional(z.nullable(z.string())),
  screeningReviewed: z.optional(z.boolean()),
  /** Of the clearing house's list: which import, and how many it holds. */
  importId: z.optional(z.string()),
  banks: z.optional(z.int()),
  branches: z.optional(z.int()),
  /** Masks; null where the number is free. */
  identityNumber: z.optional(z.nullable(z.string())),
  mobilePhone: z.optional(z.nullable(z.string())),
  /** Money, as plain decimals: what was booked, and what was available around it. */
  asset: z.optional(assetName),
  amount: z.optional(z.string()),
  available: z.optional(z.string()),
  /** The record that was made. */
  recordId: z.optional(z.int()),
  txHash: z.optional(z.string()),
  bankRef: z.optional(z.string()),
  /** Who of the staff asked for what another one booked. */
  requestedBy: z.optional(z.string()),
  /** Of the asset in TWD; null where it had none. */
  lastPrice: z.optional(z.nullable(z.string())),
});

export type AuditedState = z.output<typeof auditedState>;

/** One thing that one of the staff did. */
export const auditRecord = z.object({
  id: z.string(),
  /** Epoch milliseconds. */
  at: z.int(),
  /** ARN of the IAM identity. */
  actor: z.string(),
  action: auditAction,
  /** Whom it was done to, or who was looked at. */
  target: z.nullable(z.object({ userId: z.string(), username: z.string() })),
  reason: z.nullable(z.string()),
  before: z.nullable(auditedState),
  after: z.nullable(auditedState),
  requestId: z.string(),
});

export type AuditRecord = z.output<typeof auditRecord>;
