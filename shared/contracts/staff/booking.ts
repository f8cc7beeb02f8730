import * as z from 'zod/mini';

/**
 * What became of a deposit or adjustment: `booked` with the id of its record, or `awaiting-approval` until another of the
 * staff sends the very same before `approveUntil` (epoch milliseconds).
 */
export const booking = z.discriminatedUnion('status', [
  z.object({ status: z.literal('booked'), id: z.int(), approveUntil: z.null() }),
  z.object({ status: z.literal('awaiting-approval'), id: z.null(), approveUntil: z.int() }),
]);

export type Booking = z.output<typeof booking>;
