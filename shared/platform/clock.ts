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

/** Taipei is eight hours from UTC all the year, and has been since 1980. */
const TAIPEI_OFFSET = 8 * HOUR;

/**
 * The day of Asia/Taipei that a moment (epoch milliseconds) falls into: `yyyy-mm-dd`, and the first millisecond after it.
 */
export const taipeiDayAt = (now: number): { readonly day: string; readonly endsAt: number } => {
  const day = Math.floor((now + TAIPEI_OFFSET) / DAY);
  return { day: new Date(day * DAY).toISOString().slice(0, 10), endsAt: (day + 1) * DAY - TAIPEI_OFFSET };
};
