import { text } from '../contracts/codes/text.ts';
import type { QueryOf } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { staffLedgerVerify } from '../contracts/staff/ledger-verify.ts';
import { ASSET_NAMES } from '../ledger/account.ts';
import { formatUnits } from '../ledger/units.ts';
import { cursorText, parseCursor } from '../ledger/verify/cursor.ts';
import type { Sums } from '../ledger/verify/sums.ts';
import { type Bounds, verifyPart } from '../ledger/verify/verify.ts';
import { SECOND } from '../platform/clock.ts';
import type { Platform } from '../platform/platform.ts';
import { auditLook } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';

/** What an answer can hold and a request has time for. */
const LONGEST = 18 * SECOND;
const MOST_ITEMS = 100_000;
const MOST_PROBLEMS = 1000;

const NO_CURSOR = text('須為上一頁的 next', '须为上一页的 next', 'send `next` of the part before');

const shownSums = (sums: Sums) =>
  Object.fromEntries(
    ASSET_NAMES.map((asset) => {
      const { users, house } = sums[asset];
      return [asset, { users: formatUnits(asset, users), house: formatUnits(asset, house) }];
    }),
  );

/** Proves a part of the ledger. That somebody looked is recorded first. */
export const showVerified = async (
  platform: Platform<(typeof staffLedgerVerify)['uses']>,
  staff: StaffCaller,
  {
    query: { cursor },
    locale,
    bounds,
  }: { readonly query: QueryOf<typeof staffLedgerVerify>; readonly locale: Locale; readonly bounds?: Partial<Bounds> },
) => {
  const from = cursor === undefined ? undefined : parseCursor(cursor);
  if (cursor !== undefined && !from) {
    return { ok: false, code: 'INVALID_PARAMETER', params: { field: 'cursor', reason: NO_CURSOR[locale] } } as const;
  }
  await auditLook(platform, staff, { action: 'ledger.verify' });
  const until = platform.clock.now() + LONGEST;
  const limits = { until, items: MOST_ITEMS, problems: MOST_PROBLEMS, ...bounds };
  const { checked, problems, sums, next } = await verifyPart(platform, from, limits);
  const data = { checked, problems: [...problems], sums: shownSums(sums), next: next && cursorText(next) };
  return { ok: true, data } as const;
};
