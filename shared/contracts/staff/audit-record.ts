import * as z from 'zod/mini';
import { userStatus } from '../states.ts';

/** What staff can do or look at, as the audit names it. */
export const auditAction = z.enum(['user.read', 'user.status', 'user.vip', 'user.2fa-reset', 'audit.read']);

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
