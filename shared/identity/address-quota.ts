import { MINUTE, SECOND } from '../platform/clock.ts';
import type { Commit } from '../platform/commit.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import { countUpTo } from './counter.ts';

export interface AddressRequest {
  readonly ip: string;
  readonly route: string;
  /** Requests of one address to one route in a minute of the clock. */
  readonly limit: number;
}

/**
 * Counts a request of an address in the present minute.
 *
 * @returns whole seconds until the next minute when it is one too many, else `undefined`.
 */
export const countAddress = async (
  { table, commit }: { readonly table: TableWith<'update'>; readonly commit: Commit },
  { ip, route, limit }: AddressRequest,
  now: number,
): Promise<number | undefined> => {
  const minute = Math.floor(now / MINUTE);
  const end = (minute + 1) * MINUTE;
  const key = { pk: `ADDRESS#${sha256(ip)}#${route}`, sk: String(minute) };
  const counted = await commit([countUpTo(table, key, { limit, endsAt: end })]);
  return counted.committed ? undefined : Math.max(1, Math.ceil((end - now) / SECOND));
};
