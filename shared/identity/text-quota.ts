import type { TextLimits } from '../contracts/settings/text-limits.ts';
import { SECOND, taipeiDayAt } from '../platform/clock.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { countUpTo } from './counter.ts';

/** A text message that somebody asks for. */
export interface AskedText {
  /** Names the number; no plain one. */
  readonly number: string;
  /** Source address of who asks. */
  readonly ip: string;
}

/**
 * The bounds of a day, in the order in which they are told. A day is one of Asia/Taipei: the counters of yesterday are
 * simply other items, and people can be told when the next day begins.
 */
const BOUNDS = ['perNumber', 'perAddress', 'inTotal'] as const satisfies readonly (keyof TextLimits)[];

type Bound = (typeof BOUNDS)[number];

/** Why no more texts go out before tomorrow. */
export type TextsRefused = { readonly ok: false; readonly retryAfter: number } & (
  | {
      readonly code: 'TEXTS_TO_NUMBER' | 'TEXTS_FROM_ADDRESS';
      readonly params: { readonly most: string; readonly seconds: string };
    }
  | { readonly code: 'TEXTS_EXHAUSTED'; readonly params: { readonly seconds: string } }
);

/**
 * Describes one text more on all three counters, for the transaction that stores its code: all are counted or none, and a
 * refusal leaves the earlier code alone. Nothing takes a count back: also a text that the provider refuses was asked for,
 * and who could ask for those without end could learn which numbers it takes, and cost money with those that it charges.
 *
 * One item counts all texts of a day, so that the bound is exact. DynamoDB takes some 500 transactions a second on one
 * item, and a whole day's texts of prod are ten seconds of that.
 */
export const countText = (
  table: TableWith<'update'>,
  { number, ip }: AskedText,
  limits: TextLimits,
  now: number,
): Readonly<Record<Bound, readonly Write[]>> => {
  const { day, endsAt } = taipeiDayAt(now);
  const on = (counted: string, limit: number): readonly Write[] => [
    countUpTo(table, { pk: `TEXTS#${counted}`, sk: day }, { limit, endsAt }),
  ];
  return {
    perNumber: on(`NUMBER#${number}`, limits.perNumber),
    perAddress: on(`ADDRESS#${sha256(ip)}`, limits.perAddress),
    inTotal: on('ALL', limits.inTotal),
  };
};

/** For codes that no text message carries. */
export const NO_TEXT: Readonly<Record<Bound, readonly Write[]>> = { perNumber: [], perAddress: [], inTotal: [] };

/** What is told of a refused count; `undefined` where no counter refused it. */
export const textsRefused = (
  refused: { readonly has: (bound: Bound) => boolean },
  limits: TextLimits,
  now: number,
): TextsRefused | undefined => {
  const bound = BOUNDS.find((one) => refused.has(one));
  if (!bound) return undefined;
  const retryAfter = Math.ceil((taipeiDayAt(now).endsAt - now) / SECOND);
  const seconds = String(retryAfter);
  if (bound === 'inTotal') return { ok: false, code: 'TEXTS_EXHAUSTED', retryAfter, params: { seconds } };
  const code = bound === 'perNumber' ? 'TEXTS_TO_NUMBER' : 'TEXTS_FROM_ADDRESS';
  return { ok: false, code, retryAfter, params: { most: String(limits[bound]), seconds } };
};
