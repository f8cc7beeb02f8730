import { type Second, secondKey, secondOf, secondsOf } from '../history/second-index.ts';
import { hourOf } from '../history/hours.ts';
import type { Stream } from '../history/stream.ts';
import type { Key } from '../../platform/writes.ts';
import { type CountPlace, hourKey } from './hour-tally.ts';
import type { Find } from './lookup.ts';
import { isUnreadable } from './unreadable.ts';

/** The rows of one item of the index by seconds. */
export interface Block {
  readonly userId: string;
  readonly place: CountPlace;
  readonly key: Key;
  readonly rows: ReadonlyMap<Second, number>;
}

interface OpenBlock extends Block {
  readonly rows: Map<Second, number>;
}

/** Counts the rows of a user anew, as the index by seconds does, while they come. */
export const blockTally = (userId: string) => {
  const closed: Block[] = [];
  let open: OpenBlock | undefined;
  let ignored: string | undefined;

  const close = (): void => {
    if (open && hourKey(open.place) !== ignored) closed.push(open);
    open = undefined;
  };

  return {
    pass: (stream: Stream, at: number): void => {
      const key = secondKey(userId, stream, at);
      if (open?.key.sk !== key.sk) {
        close();
        open = { userId, place: { ...stream, hour: hourOf(at) }, key, rows: new Map() };
      }
      const second = secondOf(at);
      open.rows.set(second, (open.rows.get(second) ?? 0) + 1);
    },
    /** What is to be held against the index by now. */
    take: (): readonly Block[] => closed.splice(0),
    /** Where counting stops in the middle of an item. */
    openAt: (): CountPlace | undefined => open?.place,
    /** Passes over an hour of which some rows came before. */
    ignore: (place: CountPlace): void => void (ignored = hourKey(place)),
    close,
  };
};

/** Whether seconds have the same rows; those that have none may be missing. */
export const sameSeconds = (one: ReadonlyMap<Second, number>, other: ReadonlyMap<Second, number>): boolean =>
  [...one].every(([second, rows]) => (other.get(second) ?? 0) === rows) &&
  [...other].every(([second, rows]) => (one.get(second) ?? 0) === rows);

/** Whether the index says of an item's seconds what their rows say. */
export const isCounted = ({ key, rows }: Block, find: Find): boolean => {
  const item = find(key);
  try {
    return sameSeconds(rows, new Map(item ? secondsOf(item) : []));
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  }
};
