import * as z from 'zod/mini';
import type { TableWith } from '../platform/platform.ts';
import { type Random, randomId } from '../platform/random.ts';
import type { Write } from '../platform/writes.ts';

const PREFIX = 'SCREENING#';

/** Digits of epoch milliseconds until the year 2286, so that sort keys are in the order of time. */
const TIME_DIGITS = 13;

/** What was found, when; nothing of who was looked for. Every one is kept as long as the record is (MLCA, article 8). */
const screeningItem = z.object({
  /** Epoch milliseconds. */
  at: z.int(),
  verdict: z.enum(['clear', 'hit', 'failed']),
  listVersion: z.nullable(z.string()),
  /** Whether staff looked at it by hand, and let it pass. */
  reviewed: z.boolean(),
});

export type Screening = z.output<typeof screeningItem>;

/** Describes the keeping of a finding. */
export const keepScreening = (table: TableWith<'put'>, userId: string, screening: Screening, random: Random): Write => {
  const sk = `${PREFIX}${String(screening.at).padStart(TIME_DIGITS, '0')}#${randomId(random)}`;
  return table.put({ pk: `USER#${userId}`, sk, ...screening });
};

/** The newest finding about a user; `undefined` where nobody ever looked. */
export const lastScreening = async (table: TableWith<'query'>, userId: string): Promise<Screening | undefined> => {
  const query = { partition: `USER#${userId}`, sortPrefix: PREFIX, limit: 1, newestFirst: true };
  const [item] = await table.query(query);
  return item && screeningItem.parse(item);
};
