/** The time as functions see it: this machine's, shifted by an offset that somebody set. */
export interface LocalClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly offsetMs: () => number;
  readonly shiftTo: (offsetMs: number) => void;
}

/** A clock that starts unshifted; the offset lives as long as the process. */
export const createLocalClock = (systemNow: () => number = Date.now): LocalClock => {
  let offset = 0;
  return {
    now: () => systemNow() + offset,
    offsetMs: () => offset,
    shiftTo: (offsetMs) => {
      offset = offsetMs;
    },
  };
};
