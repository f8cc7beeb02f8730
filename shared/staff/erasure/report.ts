import type { Erasure } from '../../contracts/staff/user-erasure.ts';
import { type ErasureObstacle, RETENTION, RETENTION_CATEGORIES } from '../../contracts/retention.ts';

/** What staff are told: how far it is, and by kind of data what is erased, what is kept, why and until when. */
export const reportOf = (
  status: Erasure['status'],
  {
    obstacles = [],
    approveUntil = null,
    closedAt = null,
    keepUntil = null,
  }: {
    readonly obstacles?: readonly ErasureObstacle[];
    readonly approveUntil?: number | null;
    readonly closedAt?: number | null;
    readonly keepUntil?: number | null;
  },
): Erasure => ({
  status,
  obstacles: [...obstacles],
  approveUntil,
  closedAt,
  keepUntil,
  lines: RETENTION_CATEGORIES.map((category) => {
    const { what, where, erased, ground } = RETENTION[category];
    return {
      category,
      what,
      where,
      erased,
      ground,
      until: erased === 'when-due' ? keepUntil : null,
      done: erased === 'at-once' && status === 'kept',
    };
  }),
});
