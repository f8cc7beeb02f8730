import type { BodyOf } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { staffKycScreening } from '../contracts/staff/kyc-screening.ts';
import { clearScreening } from '../identity/screening-mark.ts';
import { getRecord } from '../kyc/record-store.ts';
import type { Screen } from '../kyc/screening.ts';
import type { Platform } from '../platform/platform.ts';
import { commitAudited } from './audit.ts';
import { screenUser } from './screening.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';

/** Looks a user up on the lists anew. Where the stage has no service, the mark of a changed name goes without a look. */
export const screenAgain = async (
  platform: Platform<(typeof staffKycScreening)['uses']>,
  staff: StaffCaller,
  screen: Screen | undefined,
  username: string,
  { body, locale }: { readonly body: BodyOf<typeof staffKycScreening>; readonly locale: Locale },
) => {
  const { tables, clock } = platform;
  const { reason, screeningReviewed: reviewed = false } = body;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const record = await getRecord(tables.kyc, target.userId);
  if (!record) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const screened = await screenUser(platform, staff, screen, { target, record, reason, reviewed }, locale);
  if (!screened.ok) return screened;
  const before = { screening: target.screening ?? null };
  const change = { action: 'kyc.screening', target, reason, before, after: screened.audited } as const;
  return commitAudited(platform, staff, change, [...screened.writes, clearScreening(tables.users, target.userId)]);
};
