import { timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';

export interface Span {
  /** The most that is let through. */
  readonly limit: number;
  /** When nobody asks for the count any more, in epoch milliseconds. Each span of time has a key of its own. */
  readonly endsAt: number;
}

/** Describes one more request on a counter; refused where the limit is reached. */
export const countUpTo = (table: TableWith<'update'>, key: Key, { limit, endsAt }: Span): Write =>
  table.update(key, {
    update: 'SET requests = if_not_exists(requests, :zero) + :one, #ttl = :ttl',
    condition: 'attribute_not_exists(pk) OR requests < :limit',
    names: { '#ttl': 'ttl' },
    values: { ':zero': 0, ':one': 1, ':limit': limit, ':ttl': timeToLive(endsAt) },
  });
