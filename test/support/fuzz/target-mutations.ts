import * as fc from 'fast-check';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { doubtfulPaths, STRANGE_PATHS, STRANGE_QUERIES, unknownPaths } from '../registry/route-cases.ts';
import { type Mutation, named } from './draft.ts';

const escaped = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;

/** What stands in the place of a query's value or a segment of a path, escaped or as raw as a request line can hold. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => [...bytes].map(escaped).join('')),
  fc.constantFrom(
    '',
    '%',
    '%zz',
    '%00',
    '%0d%0aset-cookie:a=b',
    '%ed%a0%80',
    '%c0%ae',
    '%uD800',
    '+',
    '1e400',
    '-0',
    '1'.repeat(400),
    'x'.repeat(3_000),
    '__proto__',
    '[object%20Object]',
    '..%2f..',
    "'%20OR%201=1--",
    '{{name}}',
    '2026-02-30',
    '9999999999999999',
  ),
  fc.integer().map(String),
);

const withQuery = (query: string, more: string): string => (query === '' ? `?${more}` : `${query}&${more}`);

const pairsOf = (query: string): readonly string[] => (query === '' ? [] : query.slice(1).split('&'));

/** Changes one parameter: leaves it out, repeats it, gives it another value, makes it an array. */
const bending = (names: readonly string[]): fc.Arbitrary<Mutation> =>
  fc
    .record({
      name: fc.constantFrom(...names, '__proto__', 'constructor', 'toString', 'lang', 'a'),
      value: texts,
      how: fc.constantFrom('in its place', 'beside it', 'before it', 'left out', '[]', '[a]', '.a'),
    })
    .map(({ name, value, how }) =>
      named(`the parameter ${name} ${how}, ${value.slice(0, 40)}`, ({ query }) => {
        const others = pairsOf(query).filter((pair) => !pair.startsWith(`${name}=`));
        const rest = others.length === 0 ? '' : `?${others.join('&')}`;
        if (how === 'left out') return { query: rest };
        if (how === 'in its place') return { query: withQuery(rest, `${name}=${value}`) };
        if (how === 'before it') return { query: `?${[`${name}=${value}`, ...pairsOf(query)].join('&')}` };
        return { query: withQuery(query, `${name}${how === 'beside it' ? '' : how}=${value}`) };
      }),
    );

const strangeQueries: fc.Arbitrary<Mutation> = fc
  .constantFrom(...STRANGE_QUERIES.filter((query) => query.length < 5_000))
  .map((more) => named(`the query ${more.slice(0, 40)}`, ({ query }) => ({ query: withQuery(query, more.slice(1)) })));

/** Other paths; most lead nowhere, some to the same endpoint. */
const paths = ({ path: own }: EndpointSpec): fc.Arbitrary<Mutation> => {
  const fixed = [`/bitgin${own}`, ...unknownPaths(own), ...doubtfulPaths(own), ...STRANGE_PATHS];
  return fc
    .oneof(
      fc.constantFrom(...fixed),
      texts.map((text) => `${own}/${text}`),
      texts.map((text) => `/${text}${own}`),
      fc.nat().map((pick) => {
        const at = 1 + (pick % (own.length - 1));
        return `${own.slice(0, at)}${escaped(own.charCodeAt(at))}${own.slice(at + 1)}`;
      }),
    )
    .map((path) => named(`the path ${path.slice(0, 60)}`, () => ({ path, astray: true })));
};

/** Changes what the endpoint's own parameters in the path are. */
const parameters = ({ path: own }: EndpointSpec): fc.Arbitrary<Mutation> =>
  texts
    .filter((text) => text !== '')
    .map((text) => named(`the parameter ${text.slice(0, 40)}`, () => ({ path: own.replace(/\{\w+\}/, text) })));

/** Changes of the path and the query. */
export const targetMutations = (endpoint: EndpointSpec): fc.Arbitrary<Mutation> => {
  const names = Object.keys(endpoint.query?.shape ?? {});
  return fc.oneof(
    { weight: names.length === 0 ? 1 : 6, arbitrary: bending(names) },
    { weight: 1, arbitrary: strangeQueries },
    { weight: 1, arbitrary: paths(endpoint) },
    ...(endpoint.path.includes('{') ? [{ weight: 4, arbitrary: parameters(endpoint) }] : []),
  );
};
