import type { Random } from '../platform/random.ts';

/**
 * The number by which people know a movement of money: milliseconds since 2025 above 10 random bits and 3 that say what
 * it is, so that no two kinds share one. It stays below 2^53, which a client's double holds exactly, until the year 2059;
 * two of one kind and millisecond meet once in 1,024 times, and then the second is refused by the store and made anew.
 */
export type RecordId = number;

/** What records there are. Never reordered: the place in this list is part of every id. */
const KINDS = ['transfer', 'convert', 'payment', 'deposit', 'adjustment'] as const;

export type RecordKind = (typeof KINDS)[number];

const FIRST = Date.UTC(2025, 0, 1);
const DRAWN = 1_024;
const KIND_ROOM = 8;
const IDS_A_MILLISECOND = DRAWN * KIND_ROOM;

/** @param now epoch milliseconds. */
export const newRecordId = (now: number, random: Pick<Random, 'int'>, kind: RecordKind): RecordId =>
  (now - FIRST) * IDS_A_MILLISECOND + random.int(DRAWN) * KIND_ROOM + KINDS.indexOf(kind);

/** What a record is; `undefined` for an id that none can have. */
export const kindOfRecord = (id: RecordId): RecordKind | undefined => KINDS[id % KIND_ROOM];

/** When a record was made, in epoch milliseconds. */
export const timeOfRecord = (id: RecordId): number => Math.floor(id / IDS_A_MILLISECOND) + FIRST;

/** The time as sort keys hold it: 13 digits, which sort as numbers do until the year 2286. */
export const timeKey = (at: number): string => String(at).padStart(13, '0');
