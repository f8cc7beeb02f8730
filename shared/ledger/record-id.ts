import type { Random } from '../platform/random.ts';

/**
 * The number by which people know a movement of money: milliseconds since 2025 above 13 random bits. It stays below
 * 2^53, which a client's double holds exactly, until the year 2059; two of one millisecond meet once in 8,192 times,
 * and then the second is refused by the store and made anew.
 */
export type RecordId = number;

const FIRST = Date.UTC(2025, 0, 1);
const RANDOM_BITS = 8_192;

/** @param now epoch milliseconds. */
export const newRecordId = (now: number, random: Random): RecordId =>
  (now - FIRST) * RANDOM_BITS + random.int(RANDOM_BITS);

/** When a record was made, in epoch milliseconds. */
export const timeOfRecord = (id: RecordId): number => Math.floor(id / RANDOM_BITS) + FIRST;

/** The time as sort keys hold it: 13 digits, which sort as numbers do until the year 2286. */
export const timeKey = (at: number): string => String(at).padStart(13, '0');
