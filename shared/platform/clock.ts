export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Epoch seconds for a table's time-to-live attribute, rounded up so that nothing goes early. */
export const timeToLive = (expiresAt: number): number => Math.ceil(expiresAt / SECOND);
