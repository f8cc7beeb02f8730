import type { BodyOf } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { staffAdjustment } from '../contracts/staff/adjustments.ts';
import { parseUnits } from '../ledger/units.ts';
import type { Platform } from '../platform/platform.ts';
import { bookOnce } from './booking.ts';
import { wrongAmount } from './booking-order.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';

/** What the user's history says: reasons are for the audit, and may be about what the user is not to be told. */
const REMARKS = 'ADJUSTMENT';

/** Adds to what a user has available or takes from it, once a key. */
export const bookAdjustment = async (
  platform: Platform<(typeof staffAdjustment)['uses']>,
  staff: StaffCaller,
  username: string,
  { body, locale }: { readonly body: BodyOf<typeof staffAdjustment>; readonly locale: Locale },
) => {
  const { asset, reason, idempotencyKey } = body;
  const amount = parseUnits(asset, body.amount);
  if (amount === undefined) return wrongAmount(locale);
  const target = await findTarget(platform.tables.users, username, platform.clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  // As with deposits.
  if (target.expiresAt !== undefined || target.erasureAt !== undefined)
    return { ok: false, code: 'ILLEGAL_STATE' } as const;
  return bookOnce(platform, staff, {
    kind: 'adjustment',
    reference: { kind: 'adjustment', text: idempotencyKey },
    target,
    asset,
    amount,
    reason,
    source: {},
    remarks: REMARKS,
    beside: [],
  });
};
