import * as z from 'zod';

/** Whether an event is one that a filter lets through. */
export type EventFilter = (event: unknown) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The comparisons that this machine knows; EventBridge has a few more. */
const comparison = z.union([
  scalar,
  z.strictObject({ exists: z.boolean() }),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ suffix: z.string() }),
  z.strictObject({ 'anything-but': z.union([scalar, z.array(scalar)]) }),
]);

type Comparison = z.output<typeof comparison>;

interface Pattern {
  readonly [key: string]: Pattern | readonly Comparison[];
}

const pattern: z.ZodType<Pattern> = z.record(z.string(), z.union([z.array(comparison), z.lazy(() => pattern)]));

const members = z.record(z.string(), z.unknown());

/** One value against one comparison; `undefined` stands for a key that is not there. */
const compare = (value: unknown, wanted: Comparison): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if ('exists' in wanted) return (value !== undefined) === wanted.exists;
  if (value === undefined) return false;
  if ('prefix' in wanted) return typeof value === 'string' && value.startsWith(wanted.prefix);
  if ('suffix' in wanted) return typeof value === 'string' && value.endsWith(wanted.suffix);
  return ![wanted['anything-but']].flat().some((unwanted) => unwanted === value);
};

const isPattern = (rule: Pattern | readonly Comparison[]): rule is Pattern => !Array.isArray(rule);

const matches = (rules: Pattern, event: unknown): boolean => {
  const values = members.safeParse(event).data ?? {};
  return Object.entries(rules).every(([key, rule]) => {
    const value = values[key];
    return isPattern(rule) ? matches(rule, value) : rule.some((wanted) => compare(value, wanted));
  });
};

/**
 * A filter of event patterns, of which one must match; without any, everything passes.
 *
 * @throws when a pattern is no JSON or compares in a way that this machine does not know.
 */
export const eventFilter = (patterns: readonly string[]): EventFilter => {
  const parsed = patterns.map((text) => {
    const result = pattern.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    throw new Error(
      `The local stack does not know the filter ${text}: it knows values, exists, prefix, suffix and anything-but.`,
    );
  });
  return (event) => parsed.length === 0 || parsed.some((one) => matches(one, event));
};
