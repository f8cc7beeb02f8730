import * as z from 'zod';
import { fieldRules } from './fields.ts';
import type { Locale, LocalizedText } from './locale.ts';
import { reasonOf, REQUIRED } from './validation-reasons.ts';

/** Longest field name that is told back: names inside free-form objects come from the caller. */
const LONGEST_FIELD = 100;

/** The schema inside one that only says whether the value may be absent, or what replaces it. */
const insideOf = (schema: z.core.$ZodType): z.core.$ZodType | undefined => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return schema.unwrap();
  }
  return schema instanceof z.ZodPipe ? schema.in : undefined;
};

const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  const inside = insideOf(schema);
  return inside ? bare(inside) : schema;
};

const isObject = (schema: z.core.$ZodType): schema is z.ZodObject<z.core.$ZodShape> => schema instanceof z.ZodObject;

const childOf = (schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined => {
  const parent = bare(schema);
  if (isObject(parent)) return parent.shape[String(key)];
  if (parent instanceof z.ZodArray) return parent.element;
  return parent instanceof z.ZodRecord ? parent.valueType : undefined;
};

const ruleOf = (schema: z.core.$ZodType): LocalizedText | undefined => {
  const own = fieldRules.get(schema)?.rule;
  const inside = insideOf(schema);
  return own ?? (inside && ruleOf(inside));
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined,
    input,
  );

/**
 * Says in the caller's language which field is refused and why: the field's own rule where it has one, else what
 * the kind of issue tells. The value itself is never repeated, because it may be a secret.
 *
 * @param schema - what `input` was parsed with.
 * @param part - names the input where the whole of it is refused.
 */
export const describeIssue = (
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  locale: Locale,
  input: unknown,
  part: 'body' | 'query' = 'body',
): { readonly field: string; readonly reason: string } => {
  const field = issue.path.map(String).join('.').slice(0, LONGEST_FIELD) || part;
  if ((valueAt(input, issue.path) ?? undefined) === undefined) return { field, reason: REQUIRED[locale] };
  const target = issue.path.reduce<z.core.$ZodType | undefined>(
    (parent, key) => parent && childOf(parent, key),
    schema,
  );
  return { field, reason: ((target && ruleOf(target)) ?? reasonOf(issue))[locale] };
};
