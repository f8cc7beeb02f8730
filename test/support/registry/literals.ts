import * as z from 'zod';

/** A value as it stands in a JSON text, with a name for the report. Text, because no value is `1e400` or half a pair. */
export interface Literal {
  readonly name: string;
  readonly text: string;
}

/** The parts of a JSON Schema that say where values stop being valid. */
export const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
  get allOf() {
    return z.array(jsonSchema).optional();
  },
});

export type JsonSchema = z.output<typeof jsonSchema>;

const literal = (name: string, value: unknown): Literal => ({ name, text: JSON.stringify(value) });

const DEPTH = 2_000;
const VERY_LONG = 100_000;

/** Values that some type does not take, and some that no type should choke on. */
const ANYWHERE: readonly Literal[] = [
  literal('null', null),
  literal('true', true),
  literal('zero', 0),
  { name: 'minus zero', text: '-0' },
  literal('a negative number', -1),
  literal('a fraction', 0.1),
  literal('a number past the exact integers', 9_007_199_254_740_992),
  { name: 'a number of 400 digits', text: '9'.repeat(400) },
  { name: 'a number past every double', text: '1e400' },
  literal('an empty string', ''),
  literal('a blank string', ' \t\n\u3000'),
  literal('a very long string', 'x'.repeat(VERY_LONG)),
  literal('a NUL', '\0'),
  { name: 'half a surrogate pair', text: '"\\ud800"' },
  literal('signs beyond the basic plane and from right to left', '\u{1F600}\u202E\u0627\u0301'),
  literal('an empty array', []),
  literal('an array of arrays', [[1], [2]]),
  literal('an empty object', {}),
  literal('an object with odd names', { $gt: '', toString: 1, length: -1 }),
  { name: 'an object with a prototype', text: '{"__proto__":{"isAdmin":true}}' },
  { name: 'an object with a constructor', text: '{"constructor":{"prototype":{"isAdmin":true}}}' },
  { name: `arrays ${DEPTH} deep`, text: '['.repeat(DEPTH) + ']'.repeat(DEPTH) },
  { name: `objects ${DEPTH} deep`, text: `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}` },
];

/** A schema and its alternatives. */
const alternatives = (schema: JsonSchema): readonly JsonSchema[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(alternatives),
];

const around = (limit: number | undefined): readonly number[] =>
  limit === undefined ? [] : [limit - 1, limit, limit + 1];

const unique = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)];

const edges = (schema: JsonSchema): readonly Literal[] => {
  const lengths = unique([schema.minLength, schema.maxLength].flatMap(around)).filter((length) => length >= 0);
  const counts = unique([schema.minItems, schema.maxItems].flatMap(around)).filter((count) => count >= 0);
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const numbers = unique([minimum, maximum, exclusiveMinimum, exclusiveMaximum].flatMap(around));
  return [
    ...lengths.map((length) => literal(`a string of ${length}`, 'a'.repeat(length))),
    ...counts.map((count) =>
      literal(
        `an array of ${count}`,
        Array.from({ length: count }, () => 'a'),
      ),
    ),
    ...numbers.map((number) => literal(`the number ${number}`, number)),
    ...[...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])].map((value) =>
      literal(`the choice ${JSON.stringify(value)}`, value),
    ),
  ];
};

/** Everything to try in the place of a field with that schema. */
export const literalsFor = (schema: JsonSchema): readonly Literal[] => [
  ...ANYWHERE,
  ...alternatives(schema).flatMap(edges),
];
