import * as z from 'zod/mini';
import { assetName } from '../account.ts';
import type { Hour } from '../history/hours.ts';
import { DAY, HOUR } from '../../platform/clock.ts';
import { ROW_CLASSES, type Stream } from '../history/stream.ts';

/** An hour of a history. */
export interface CountPlace extends Stream {
  readonly hour: Hour;
}

/** Sorts as rows do: by class, asset and time. */
export const hourKey = ({ class: kind, asset, hour }: CountPlace): string =>
  `${kind}#${asset}#${String(hour).padStart(9, '0')}`;

/** Hours from 1970 within a day of which there are dates (ECMAScript: 8.64e15 ms either way). */
const MOST_HOURS = (8.64e15 - DAY) / HOUR;

const hour = z.int().check(z.minimum(-MOST_HOURS), z.maximum(MOST_HOURS));

/** The hour of what came last, and how much of it came. */
export const hourState = z.object({ class: z.enum(ROW_CLASSES), asset: assetName, hour, seen: z.int() });

type HourState = z.output<typeof hourState>;

/** Compares what an index says of hours with what comes of each, stream after stream and hour after hour. */
export const hourTally = () => {
  const expected = new Map<string, CountPlace & { readonly rows: number }>();
  const uneven: CountPlace[] = [];
  let current: HourState | undefined;

  const closeHour = (): void => {
    if (!current) return;
    const { seen, ...place } = current;
    if ((expected.get(hourKey(place))?.rows ?? 0) !== seen) uneven.push(place);
    expected.delete(hourKey(place));
    current = undefined;
  };

  /** Hours that should have had rows, of those before the one that is open. */
  const without = (isPassed: (key: string) => boolean): readonly CountPlace[] =>
    [...expected].flatMap(([key, { rows, ...place }]) => (rows !== 0 && isPassed(key) ? [place] : []));

  return {
    expect: (place: CountPlace, rows: number): void => void expected.set(hourKey(place), { ...place, rows }),
    pass: (place: CountPlace, rows: number): void => {
      if (current && hourKey(current) !== hourKey(place)) closeHour();
      current = { ...place, seen: (current?.seen ?? 0) + rows };
    },
    state: (): HourState | null => current ?? null,
    resume: (state: HourState | null): void => {
      if (!state) return;
      current = { ...state };
      for (const [key] of expected) if (key < hourKey(state)) expected.delete(key);
    },
    /** What did not come out even before the hour that is open. */
    unevenSoFar: (): readonly CountPlace[] => {
      const open = current && hourKey(current);
      return [...uneven, ...without((key) => open !== undefined && key < open)];
    },
    uneven: (): readonly CountPlace[] => {
      closeHour();
      return [...uneven, ...without(() => true)];
    },
  };
};
