import type * as z from 'zod/mini';
import { fieldRules } from './field-rules.ts';
import type { Locale, LocalizedText } from './locale.ts';
import { reasonOf, REQUIRED } from './validation-reasons.ts';

/** Longest field name that is told back: names inside free-form objects come from the caller. */
const LONGEST_FIELD = 100;

/** Where a field of a request stands. */
export type RequestPart = 'path' | 'query' | 'body';

type Definition = z.core.$ZodTypes['_zod']['def'];

const definitionOf = ({ _zod: { def } }: z.core.$ZodType): z.core.$ZodTypeDef => def;

/** By name and not by class: classes that are named here would be in every bundle. */
const isOf = <K extends Definition['type']>(
  definition: z.core.$ZodTypeDef,
  ...kinds: readonly K[]
): definition is Extract<Definition, { type: K }> => kinds.some((kind) => definition.type === kind);

/** The schema inside one that only says whether the value may be absent, or what replaces it. */
const insideOf = (schema: z.core.$ZodType): z.core.$ZodType | undefined => {
  const definition = definitionOf(schema);
  if (isOf(definition, 'optional', 'nullable', 'default', 'prefault', 'readonly')) return definition.innerType;
  return isOf(definition, 'pipe') ? definition.in : undefined;
};

const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  const inside = insideOf(schema);
  return inside ? bare(inside) : schema;
};

const childOf = (schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined => {
  const parent = definitionOf(bare(schema));
  if (isOf(parent, 'object')) return parent.shape[String(key)];
  if (isOf(parent, 'array')) return parent.element;
  return isOf(parent, 'record') ? parent.valueType : undefined;
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
  part: RequestPart = 'body',
): { readonly field: string; readonly reason: string } => {
  const field = issue.path.map(String).join('.').slice(0, LONGEST_FIELD) || part;
  if ((valueAt(input, issue.path) ?? undefined) === undefined) return { field, reason: REQUIRED[locale] };
  const target = issue.path.reduce<z.core.$ZodType | undefined>(
    (parent, key) => parent && childOf(parent, key),
    schema,
  );
  return { field, reason: ((target && ruleOf(target)) ?? reasonOf(issue))[locale] };
};
