import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import { compile, parseOften } from '../../../shared/platform/compiled-schema.ts';

const WRONG = [undefined, null, '', ' ', 'x', -1, 1.5, true, [], {}, ['x'], { a: 1 }, 'x'.repeat(10_000)];

type Fields = Readonly<Record<string, unknown>>;

/** An example, the same without each field and with each field wrong in many ways, and what is no object at all. */
const variantsOf = (example: Fields): readonly unknown[] => [
  example,
  { ...example, unknown: 1, constructor: 1 },
  JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(example).slice(1).replace(/^\}/, '"b":2}')}`),
  ...Object.keys(example).map((name) =>
    Object.fromEntries(Object.entries(example).filter(([other]) => other !== name)),
  ),
  ...Object.keys(example).flatMap((name) =>
    WRONG.map((value) => Object.fromEntries([...Object.entries(example), [name, value]])),
  ),
  ...WRONG,
];

/** All that a parse says: the value with the order of its fields, or what is wrong with it. */
const told = ({ success, data, error }: z.core.util.SafeParseResult<unknown>): string =>
  JSON.stringify(success ? { data } : { issues: error.issues });

const isFields = (example: unknown): example is Fields =>
  typeof example === 'object' && example !== null && !Array.isArray(example);

describe('a compiled schema', () => {
  const endpoints: readonly EndpointSpec[] = ENDPOINTS;
  const cases = endpoints.flatMap(({ id, params, query, body, data, example }) =>
    [
      { name: `${id} path`, schema: params, example: example.params },
      { name: `${id} query`, schema: query, example: example.query },
      { name: `${id} body`, schema: body, example: example.body },
      { name: `${id} data`, schema: data, example: example.data },
    ].flatMap(({ schema, ...rest }) => (schema ? [{ schema, ...rest }] : [])),
  );

  it.each(cases)('says of every input what $name says', ({ schema, example }) => {
    const compiled = compile(schema);

    for (const input of variantsOf(isFields(example) ? example : {})) {
      expect(told(z.core.safeParse(compiled, input))).toBe(told(z.core.safeParse(schema, input)));
    }
  });

  it('takes the place of a schema that is used often, and nothing else changes', () => {
    const schema = z.object({ name: z.string().check(z.minLength(2)) });
    const parses = Array.from({ length: 3_000 }, () => parseOften(schema, { name: 'ab', other: 1 }));

    expect(new Set(parses.map(told))).toEqual(new Set(['{"data":{"name":"ab"}}']));
    expect(told(parseOften(schema, { name: 'a' }))).toBe(told(z.core.safeParse(schema, { name: 'a' })));
  });

  it('leaves alone what is no object', () => {
    const schema = z.array(z.string());

    expect(compile(schema)).toBe(schema);
  });
});
