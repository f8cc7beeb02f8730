import type { BodyOf } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { staffDeposit } from '../contracts/staff/deposits.ts';
import { notified } from '../identity/acting.ts';
import { formatUnits, parseUnits } from '../ledger/units.ts';
import type { Platform } from '../platform/platform.ts';
import { bookOnce } from './booking.ts';
import { wrongAmount } from './booking-order.ts';
import type { Reference } from './booking-store.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget, inLanguageOf } from './target.ts';

type Body = BodyOf<typeof staffDeposit>;

/** One form of each: a chain's hash with or without 0x, and a bank's reference in whatever case, are the same payment. */
const referenceOf = ({ txHash, bankRef = '' }: Body): Reference =>
  txHash === undefined
    ? { kind: 'bankRef', text: bankRef.toLowerCase() }
    : { kind: 'txHash', text: txHash.replace(/^0x/, '') };

/** Credits what has arrived to a user, once a reference, and tells the user by mail. */
export const bookDeposit = async (
  platform: Platform<(typeof staffDeposit)['uses']>,
  staff: StaffCaller,
  { body, locale }: { readonly body: Body; readonly locale: Locale },
) => {
  const { tables, clock } = platform;
  const { username, asset, txHash, bankRef } = body;
  const amount = parseUnits(asset, body.amount);
  if (amount === undefined) return wrongAmount(locale);
  const now = clock.now();
  const target = await findTarget(tables.users, username, now);
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  // A registration that nobody verified is deleted one day, as one that is erased is, and the money would be nobody's.
  if (target.expiresAt !== undefined || target.erasureAt !== undefined)
    return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const facts = { at: now, amount: formatUnits(asset, amount), asset };
  const outcome = await bookOnce(platform, staff, {
    kind: 'deposit',
    reference: referenceOf(body),
    target,
    asset,
    amount,
    source: { ...(txHash !== undefined && { txHash }), ...(bankRef !== undefined && { bankRef }) },
    beside: [notified(platform, target, inLanguageOf(target), { kind: 'deposit-received', facts })],
  });
  if (outcome.ok) return outcome;
  const { code } = outcome;
  if (code === 'INSUFFICIENT_BALANCE') throw new Error('A deposit takes nothing from anybody.');
  return { ok: false, code } as const;
};
