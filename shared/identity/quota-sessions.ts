import * as z from 'zod/mini';
import { COUNTED_CLASSES } from '../contracts/rate-limits.ts';
import { MINUTE } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Item, Write } from '../platform/writes.ts';
import { isTimes, quotaKey, sessionName, STAMPS_PER_MS } from './quota-item.ts';
import type { TokenClaim } from './token.ts';

/** Sessions that the item remembers; older ones are let in again when they are used. */
const SESSIONS = 40;

/** Sessions that it remembers however long they were quiet; the times of many more would make every request dear. */
const QUIET_SESSIONS = 5;
const QUIET = 10 * MINUTE;

const sessionMap = z.looseObject({ until: z.number() });

/** When a session's last request was counted, in epoch milliseconds; one that has made none is as good as new. */
const lastOf = (session: z.output<typeof sessionMap>): number => {
  const newest = Object.values(session).flatMap((list) => (isTimes(list) ? list.slice(0, 1) : []));
  return newest.length === 0 ? Infinity : Math.max(...newest) / STAMPS_PER_MS;
};

const isSession = (name: string): boolean => name.startsWith('s:');

/** Whether so many sessions have piled up that forgetting some cannot wait for a request. */
export const isCrowded = (item: Item | undefined): boolean =>
  Object.keys(item ?? {}).filter(isSession).length > 2 * SESSIONS;

const removal = (sessions: readonly string[]) => {
  const names = Object.fromEntries(sessions.slice(0, SESSIONS).map((name, index) => [`#s${index}`, name]));
  return { update: `REMOVE ${Object.keys(names).join(', ')}`, names };
};

/** Holds while the user has made no request since `item` was read: it might be of a session to be forgotten. */
const unchanged = (item: Item) => {
  const newest = COUNTED_CLASSES.map((name) => {
    const list = item[name];
    return { name, at: isTimes(list) ? list[0] : undefined };
  });
  const known = newest.filter(({ at }) => at !== undefined);
  return {
    condition: newest
      .map(({ name, at }) => (at === undefined ? `attribute_not_exists(#${name}[0])` : `#${name}[0] = :${name}`))
      .join(' AND '),
    names: Object.fromEntries(newest.map(({ name }) => [`#${name}`, name])),
    ...(known.length > 0 && { values: Object.fromEntries(known.map(({ name, at }) => [`:${name}`, at])) }),
  };
};

/**
 * Describes the forgetting of sessions that are over, that are more than the item remembers or that were quiet for long;
 * each of the writes by itself. The caller's own session stays.
 */
export const forgetSessions = (
  table: TableWith<'update'>,
  claim: TokenClaim,
  item: Item | undefined,
  now: number,
): readonly Write[] => {
  if (!item) return [];
  const sessions = Object.entries(item).flatMap(([name, value]) => {
    const session = isSession(name) ? sessionMap.safeParse(value) : undefined;
    return session?.success ? [{ name, until: session.data.until, last: lastOf(session.data) }] : [];
  });
  const newestFirst = sessions.toSorted((left, right) => right.until - left.until);
  const own = sessionName(claim);
  const others = newestFirst
    .map((session, index) => Object.assign(session, { index }))
    .filter(({ name }) => name !== own);
  const over = others.filter(({ until }) => until <= now);
  const idle = others.filter(
    ({ until, index, last }) => until > now && index >= (last <= now - QUIET ? QUIET_SESSIONS : SESSIONS),
  );
  const key = quotaKey(claim.userId);
  const namesOf = (some: typeof others): readonly string[] => some.map(({ name }) => name);
  const guard = unchanged(item);
  const ofIdle = removal(namesOf(idle));
  return [
    ...(over.length > 0 ? [table.update(key, removal(namesOf(over)))] : []),
    ...(idle.length > 0
      ? [table.update(key, { ...guard, ...ofIdle, names: { ...guard.names, ...ofIdle.names } })]
      : []),
  ];
};
