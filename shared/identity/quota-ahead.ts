import { SECOND } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { type Lists, type Names, quotaKey, STAMPS_PER_MS } from './quota-item.ts';

/** Further than the clocks of containers lie apart: whoever wrote such a time had a clock that was set back since. */
const FARTHEST_AHEAD = 5 * SECOND;

/**
 * Forgets the times of one list that lie so far ahead: they would hold up every request until then. What was counted
 * since the list was read is left alone.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` where no time lies ahead.
 */
export const forgetAhead = (
  table: TableWith<'update'>,
  userId: string,
  names: Names,
  { lists, now }: { readonly lists: Lists; readonly now: number },
): Write | undefined => {
  const latest = (now + FARTHEST_AHEAD) * STAMPS_PER_MS;
  const ofUser = lists.user.some((at) => at > latest);
  const list = ofUser ? lists.user : lists.route;
  const kept = list.filter((at) => at <= latest);
  if (kept.length === list.length) return undefined;
  const path = ofUser ? '#u' : '#s.#r';
  return table.update(quotaKey(userId), {
    update: `SET ${path} = :kept`,
    condition: `${path}[0] = :newest`,
    names: ofUser ? { '#u': names.user } : { '#s': names.session, '#r': names.route },
    values: { ':kept': kept, ':newest': list[0] },
  });
};
