import type * as z from 'zod/mini';
import { exactNumber } from './exact-number.ts';
import { namesOf } from './named-fields.ts';

/**
 * The names of the fields that hold exact decimals, anywhere in an answer.
 *
 * @param name - that of the field which holds the answer itself.
 */
export const exactFieldsOf = (answer: z.core.$ZodType, name: string): readonly string[] => [
  ...new Set(namesOf(exactNumber, answer, name)),
];
