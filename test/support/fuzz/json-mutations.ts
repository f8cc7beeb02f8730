import * as fc from 'fast-check';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { jsonSchema, literalsFor } from '../registry/literals.ts';
import { additionsOf, mutationsOf } from '../registry/mutations.ts';
import { notObjects, oddObjects } from '../registry/odd-bodies.ts';
import { type Mutation, named } from './draft.ts';

/** Numbers that are easily read wrong, as they stand in a JSON text or inside quotes. */
const NUMBERS = [
  '1e1000000000',
  '1e-1000000000',
  '-1e-7',
  '-0.0',
  '1E+2',
  '0.1e1',
  '00001',
  '1.',
  '.5',
  '+1',
  '0x10',
  '1_000',
  '1,000',
  'NaN',
  'Infinity',
  '١٢',
  '9007199254740993',
  `0.${'0'.repeat(400)}1`,
  `${'9'.repeat(5_000)}e-5000`,
] as const;

/** JSON, or almost. */
const literals: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...literalsFor(jsonSchema.parse({})).map(({ text }) => text)),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...NUMBERS).map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary', maxLength: 400 }).map((text) => JSON.stringify(text)),
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  fc.double().map(String),
  fc.bigInt().map(String),
);

const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'lang', 'operation', 'userId', 'isAdmin', ''),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

type Path = readonly string[];

/** Deeper than any contract has values. */
const DEEPEST = 6;

const pathsFrom = (value: unknown, path: Path): readonly Path[] => [path, ...pathsIn(value, path)];

const pathsIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null && path.length < DEEPEST
    ? Object.entries(value).flatMap(([name, inside]) => pathsFrom(inside, path.concat(name)))
    : [];

const parsed = (body: Buffer | undefined): unknown => {
  try {
    return body && JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** Stands where a literal is to be, which may be no JSON. */
const HERE = 'the literal stands here';

const withHere = (value: unknown, [name, ...rest]: Path): unknown => {
  if (name === undefined) return HERE;
  if (Array.isArray(value)) return value.map((one: unknown, at) => (String(at) === name ? withHere(one, rest) : one));
  if (typeof value !== 'object' || value === null) return HERE;
  return Object.fromEntries(
    Object.entries(value).map(([other, inside]) => [other, other === name ? withHere(inside, rest) : inside]),
  );
};

/** Puts a literal in the place of some value. */
const replacing = fc.tuple(fc.nat(), literals).map(([pick, literal]) =>
  named(`a value is ${literal.slice(0, 60)}`, ({ body }) => {
    const value = parsed(body);
    const paths = pathsIn(value);
    const path = paths[pick % Math.max(1, paths.length)];
    if (path === undefined) return {};
    return { body: Buffer.from(JSON.stringify(withHere(value, path)).replace(JSON.stringify(HERE), () => literal)) };
  }),
);

/** Leaves some field at the top out. */
const leavingOut = fc.nat().map((pick) =>
  named('a field is left out', ({ body }) => {
    const entries = Object.entries(parsed(body) ?? {});
    return {
      body: Buffer.from(JSON.stringify(Object.fromEntries(entries.filter((_, at) => at !== pick % entries.length)))),
    };
  }),
);

/** Adds a member at the end, be its name there already. */
const adding = fc.tuple(fc.nat(), names, fc.boolean(), literals).map(([pick, name, twice, literal]) =>
  named(`a field more, ${literal.slice(0, 60)}`, ({ body }) => {
    const known = Object.keys(parsed(body) ?? {});
    const key = twice ? (known[pick % Math.max(1, known.length)] ?? name) : name;
    const text = body?.toString() ?? '{}';
    return { body: Buffer.from(`${text.slice(0, -1)},${JSON.stringify(key)}:${literal}}`) };
  }),
);

/** Changes, adds, leaves out or cuts off bytes. */
export const corrupting: fc.Arbitrary<Mutation> = fc
  .record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 8 }), removed: fc.integer({ min: 0, max: 8 }) })
  .map(({ at, bytes, removed }) =>
    named(`${removed} bytes are ${bytes.length} others`, ({ body = Buffer.alloc(0) }) => {
      const from = at % (body.length + 1);
      return { body: Buffer.concat([body.subarray(0, from), bytes, body.subarray(from + removed)]) };
    }),
  );

/** Nested so deep that even skipping it is work; what is deeper the registry's own tests send. */
const LARGEST_KNOWN = 50_000;

/** Bodies that the registry's tests know: every field by every odd value, and bodies that are odd as a whole. */
const known = (endpoint: EndpointSpec): fc.Arbitrary<Mutation> => {
  const { body } = endpoint.example;
  const ofFields = endpoint.body ? mutationsOf(endpoint.body, body).map(({ name, text }) => [name, text] as const) : [];
  const added = additionsOf(body).map(({ name, text }) => [name, text] as const);
  const whole = [...notObjects(body ?? {}), ...oddObjects(body ?? {})];
  const all = [...ofFields, ...added, ...whole].filter(([, text]) => (text?.length ?? 0) < LARGEST_KNOWN);
  return fc
    .constantFrom(...all)
    .map(([name, text]) => named(name, () => ({ body: text === undefined ? undefined : Buffer.from(text) })));
};

/** Changes of JSON bodies. */
export const jsonMutations = (endpoint: EndpointSpec): fc.Arbitrary<Mutation> =>
  fc.oneof(known(endpoint), replacing, replacing, adding, leavingOut, corrupting);
