import * as fc from 'fast-check';
import { METHODS, STRANGE_HEADERS, BAD_TOKENS } from '../registry/route-cases.ts';
import { JSON_TYPES, OTHER_TYPES } from '../registry/odd-bodies.ts';
import { type Header, type Mutation, named, replaced, SIGNATURES, without } from './draft.ts';

/** The one control character above the others. */
const DELETE = 127;

/** Bytes of a header's value; a line's end in it is the business of {@link rawLines}. */
const values = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code === DELETE ? 32 : code)),
    maxLength: 300,
  }),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) =>
    Buffer.from(text)
      .toString('latin1')
      .replaceAll(/[\r\n]/g, ''),
  ),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '-1',
    '0',
    '1e9',
    '%00',
    '{"$ne":null}',
    "' OR 1=1 --",
    '__proto__',
    'x'.repeat(3_000),
  ),
);

const NAMES = [
  'token',
  'cookie',
  'origin',
  'referer',
  'host',
  'accept',
  'accept-language',
  'accept-encoding',
  'content-type',
  'content-encoding',
  'idempotency-key',
  'btse-api',
  'btse-nonce',
  'btse-sign',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-amzn-trace-id',
  'x-local-principal',
  'authorization',
  'cloudfront-viewer-country',
  'via',
  'range',
  'expect',
  'upgrade',
] as const;

const KNOWN_VALUES: readonly Header[] = [
  ...BAD_TOKENS.filter((token) => token.length < 3_000).map((token): Header => ['token', token]),
  ...BAD_TOKENS.filter((token) => token.length < 3_000).map((token): Header => ['cookie', `token=${token}`]),
  ...[...JSON_TYPES, ...OTHER_TYPES.map(([type]) => type ?? '')].map((type): Header => ['content-type', type]),
  ...['gzip', 'br', 'deflate', 'identity', 'utf-8', 'gzip, gzip'].map((name): Header => ['content-encoding', name]),
  ...['cross-site', 'same-site', 'none', 'SAME-ORIGIN', ''].map((site): Header => ['sec-fetch-site', site]),
  ...['null', 'https://evil.example', 'http://localhost:3000', 'http://localhost:3000.evil.example'].map(
    (origin): Header => ['origin', origin],
  ),
];

const strange: readonly (readonly Header[])[] = Object.values(STRANGE_HEADERS).map((headers) =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): Header => [name, one])),
);

/** Sets a header, beside the one of that name or in its place. */
const setting: fc.Arbitrary<Mutation> = fc
  .tuple(fc.oneof(fc.tuple(fc.constantFrom(...NAMES), values), fc.constantFrom(...KNOWN_VALUES)), fc.boolean())
  .map(([[name, value], beside]) =>
    named(`${beside ? 'also ' : ''}${name}: ${value.slice(0, 60)}`, ({ headers }) => ({
      headers: beside ? [...headers, [name, value]] : replaced(headers, [name, value]),
    })),
  );

const addingStrange = fc
  .constantFrom(...strange)
  .map((more) => named(`strange headers, ${more[0]?.[0]}`, ({ headers }) => ({ headers: [...headers, ...more] })));

/** One header is left out, repeated, spelt in capitals, or very long. */
const bending: fc.Arbitrary<Mutation> = fc
  .tuple(fc.nat(), fc.constantFrom('left out', 'repeated', 'in capitals', 'very long', 'over the limit'))
  .map(([pick, how]) =>
    named(`a header ${how}`, ({ headers, astray }) => {
      const one = headers[pick % Math.max(1, headers.length)];
      if (one === undefined) return {};
      const rest = without(headers, one[0].toLowerCase());
      const bent: Readonly<Record<typeof how, readonly Header[]>> = {
        'left out': rest,
        repeated: [...headers, one],
        'in capitals': [...rest, [one[0].toUpperCase(), one[1]]],
        'very long': [...rest, [one[0], one[1].padEnd(5_000, 'x')]],
        'over the limit': [...rest, [one[0], one[1].padEnd(11_000, 'x')]],
      };
      // Without a host, or with two, it is no HTTP.
      return { headers: bent[how], astray: astray || how === 'over the limit' || one[0].toLowerCase() === 'host' };
    }),
  );

/** What is no header at all, or no HTTP. */
const rawLines: fc.Arbitrary<Mutation> = fc
  .oneof(
    fc
      .tuple(values, fc.constantFrom('\r', '\n', '\0', '\r\n ', '\u007f', '\u0001'))
      .map(([value, sign]): Header => ['x-raw', `${value.slice(0, 20)}${sign}x`]),
    fc.constantFrom<Header>(
      ['', 'no name'],
      ['two words', 'x'],
      ['x\0', 'x'],
      ['(x)', 'x'],
      ['x-é', 'x'],
      ['content-length', '5, 6'],
      ['content-length', '-1'],
      ['content-length', '0x5'],
      ['content-length', '99999999999999999999'],
      ['transfer-encoding', 'gzip'],
      ['transfer-encoding', 'chunked, identity'],
      ['transfer-encoding', 'chunked'],
      ['connection', 'close, transfer-encoding'],
      ['upgrade', 'websocket'],
    ),
  )
  .map((line) =>
    named(`the line ${JSON.stringify(line).slice(0, 80)}`, ({ headers }) => ({
      headers: [...headers, line],
      astray: true,
      mayBeCutOff: true,
    })),
  );

const methods: fc.Arbitrary<Mutation> = fc
  .constantFrom(...METHODS, 'TRACE', 'PROPFIND', 'get', 'Post', 'G\0T', 'X'.repeat(300), '')
  .map((method) =>
    named(`the method ${method.slice(0, 20)}`, (draft) => ({
      method,
      astray: draft.astray || method !== draft.endpoint.method,
      mayBeCutOff: draft.mayBeCutOff || method !== draft.endpoint.method,
    })),
  );

const signatures: fc.Arbitrary<Mutation> = fc
  .constantFrom(...SIGNATURES)
  .map((signature) =>
    named(`a signature ${signature}`, ({ caller }) =>
      caller === 'key' || caller === 'reader' ? { signature } : { caller: 'key', signature },
    ),
  );

/** Changes of the request line's method and of the headers, and what is done to signatures. */
export const headMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: setting },
  { weight: 3, arbitrary: bending },
  { weight: 2, arbitrary: addingStrange },
  { weight: 2, arbitrary: rawLines },
  { weight: 1, arbitrary: methods },
);

/** What is done to signatures, where keys are accepted. */
export const signatureMutations = signatures;
