import { MINUTE, timeToLive } from '../../platform/clock.ts';
import type { Commit } from '../../platform/commit.ts';
import type { TableWith } from '../../platform/platform.ts';
import { type Random, randomId } from '../../platform/random.ts';
import { ABSENT } from '../../platform/writes.ts';

/** A nonce that was used: by which key, for which request. Each is an item of its own. */
export interface UsedNonce {
  readonly apiKey: string;
  /** Epoch milliseconds, in digits. */
  readonly nonce: string;
  readonly signature: string;
}

/**
 * How long after its own time a nonce is kept: as long as any server may let it pass, and far longer than the clocks of
 * two servers are apart.
 */
const KEPT = 10 * MINUTE;

/**
 * Uses a nonce up. The item carries who wrote it: the SDK sends a write again whose answer was lost, and what then
 * stands in its way is itself.
 *
 * @returns false where the same request came before.
 */
export const useNonce = async (
  table: TableWith<'put'>,
  { commit, random }: { readonly commit: Commit; readonly random: Random },
  { apiKey, nonce, signature }: UsedNonce,
): Promise<boolean> => {
  const usedBy = randomId(random);
  const key = { pk: `NONCE#${apiKey}#${nonce}#${signature}`, sk: 'NONCE' };
  const result = await commit([table.put({ ...key, usedBy, ttl: timeToLive(Number(nonce) + KEPT) }, ABSENT)]);
  return result.committed || result.refusals[0]?.item?.['usedBy'] === usedBy;
};
