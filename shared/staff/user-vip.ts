import { Big } from 'big.js';
import type { BodyOf } from '../contracts/endpoint.ts';
import type { staffUserVip } from '../contracts/staff/user-vip.ts';
import type { User } from '../identity/user.ts';
import type { Platform } from '../platform/platform.ts';
import { commitAudited } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';
import { setVip } from './user-changes.ts';

const auditedTerms = ({
  isVip = false,
  spread = null,
}: {
  isVip?: User['isVip'];
  spread?: string | null | undefined;
}) => ({
  isVIP: isVip,
  spread,
});

/** Sets whether a user is VIP and the user's spread, with its audit record. */
export const changeVip = async (
  platform: Platform<(typeof staffUserVip)['uses']>,
  staff: StaffCaller,
  username: string,
  body: BodyOf<typeof staffUserVip>,
) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  // One form of each number, without zeros at the end.
  const terms = { isVip: body.isVIP, spread: new Big(body.spread).toFixed() };
  const states = { before: auditedTerms(target), after: auditedTerms(terms) };
  const change = { action: 'user.vip', target, reason: body.reason, ...states } as const;
  return commitAudited(platform, staff, change, [setVip(tables.users, target, terms)]);
};
