import * as z from 'zod/mini';
import type { Questionnaire } from './record.ts';

/** Longest text of one's own that is taken with an answer. */
const LONGEST_OTHER = 500;

const other = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(LONGEST_OTHER),
  z.refine((value) => value.isWellFormed()),
);

const oneOf = (...values: readonly string[]) => z.object({ value: z.enum(values) });

/** An answer whose choice `value` must be told in words. */
const told = (value: string) => z.object({ value: z.literal(value), otherValue: other });

/** The questions of API 5.5; texts of one's own are kept where they are asked for, and dropped elsewhere. */
const questionnaire = z.object({
  q1: z.union([told('other'), oneOf('investment', 'payment')]),
  q2: z.union([told('yes'), oneOf('no')]),
  q3: oneOf('first_time', 'less_than_1', '1_to_3', 'over_3'),
  q4: oneOf('less_than_50', 'between_50_to_100', 'over_100'),
});

/** A question's answer, nested or by the flat keys; the nested one counts where both are. */
const answerIn = (body: Readonly<Record<string, unknown>>, question: string): unknown => {
  const flat = { value: body[`${question}.value`], otherValue: body[`${question}.otherValue`] };
  return body[question] ?? flat;
};

/** Reads a questionnaire, nested or flat; `undefined` when an answer is missing or none of those that are offered. */
export const parseQuestionnaire = (body: Readonly<Record<string, unknown>>): Questionnaire | undefined => {
  const answers = Object.fromEntries(['q1', 'q2', 'q3', 'q4'].map((question) => [question, answerIn(body, question)]));
  const parsed = questionnaire.safeParse(answers);
  return parsed.success ? parsed.data : undefined;
};
