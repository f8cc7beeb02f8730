import * as z from 'zod/mini';

/**
 * How often callers may ask (API chapter 2). A stage sets the numbers, functions read them from `RATE_LIMITS`.
 * Sessions and users are counted in any rolling second, source addresses by the minute.
 */
export const rateLimits = z.object({
  query: z.object({ perRoute: z.int().check(z.minimum(1)), perUser: z.int().check(z.minimum(1)) }),
  orders: z.object({ perRoute: z.int().check(z.minimum(1)), perUser: z.int().check(z.minimum(1)) }),
  /** Requests of one address to one public route that costs something, in a minute of the clock. */
  perAddress: z.int().check(z.minimum(1)),
});

export type RateLimits = Readonly<z.output<typeof rateLimits>>;

/** The classes that sessions and keys are counted in. */
export const COUNTED_CLASSES = ['query', 'orders'] as const;

export type CountedClass = (typeof COUNTED_CLASSES)[number];
