import * as z from 'zod/mini';

/** The second envelope that the reference nests in `data` of the two password calls. `time` in epoch milliseconds. */
export const nestedSuccess = z.object({
  code: z.literal(1),
  data: z.null(),
  msg: z.literal('Success'),
  success: z.literal(true),
  time: z.int(),
});

export const SAMPLE_NESTED_SUCCESS = {
  code: 1,
  data: null,
  msg: 'Success',
  success: true,
  time: 1624419343275,
} as const;
