import * as fc from 'fast-check';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { type Mutation, named, replaced } from './draft.ts';
import { BOUNDARY, FORM_TYPE, type Part, partOf, partsOf, writeForm } from './form.ts';
import { corrupting } from './json-mutations.ts';

/** A name, a file name or contents. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '\0', '../../etc/passwd', '__proto__', 'file', 'type', '1', '7', '-1', '臺灣', 'x'.repeat(5_000)),
);

const contents = fc.oneof(
  texts.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('%PDF-1.7\n%%EOF', '\u00FF\u00D8\u00FF', '\u0089PNG\r\n\u001a\n', 'GIF89a', '<svg/>')
    .map((text) => Buffer.from(text, 'latin1')),
);

const heads = fc.oneof(
  fc.tuple(texts, texts).map(([name, file]) => `Content-Disposition: form-data; name="${name}"; filename="${file}"`),
  texts.map((text) => `Content-Disposition: form-data; name="file"; filename*=UTF-8''${text}`),
  texts.map((type) => `Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: ${type}`),
  fc.constantFrom(
    '',
    'Content-Disposition: attachment',
    'Content-Disposition: form-data',
    'Content-Disposition: form-data; name=type',
    'Content-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="type"',
    `Content-Type: multipart/mixed; boundary=inner\r\nContent-Disposition: form-data; name="file"`,
    'X: '.padEnd(20_000, 'x'),
  ),
);

const parts: fc.Arbitrary<Part> = fc.oneof(
  fc.tuple(texts, contents).map(([name, value]) => partOf(name, value)),
  fc.record({ head: heads, contents }),
);

const ENDS = [
  '',
  `--${BOUNDARY}`,
  `--${BOUNDARY}-`,
  `--${BOUNDARY}--`,
  `--${BOUNDARY}--\r\nbehind the end`,
  `--${BOUNDARY}--\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="type"\r\n\r\n2\r\n--${BOUNDARY}--\r\n`,
  '--other--\r\n',
] as const;

const MANY = 1_500;

/** The form of the example with parts added, replaced, repeated, or in another order, and another end. */
const parting = (endpoint: EndpointSpec): fc.Arbitrary<Mutation> => {
  const own = partsOf(endpoint, endpoint.example.body ?? {});
  const lists = fc.oneof(
    fc.shuffledSubarray([...own, ...own], { minLength: 0 }),
    fc.array(parts, { maxLength: 4 }),
    fc
      .tuple(fc.array(parts, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([more, first]) => (first ? more.concat(own) : own.concat(more))),
    parts.map((part) => Array.from({ length: MANY }, () => part).slice(0, part.contents.length > 500 ? 20 : MANY)),
  );
  return fc
    .tuple(lists, fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...ENDS)))
    .map(([list, end]) => named(`${list.length} other parts`, () => ({ body: writeForm(list, end) })));
};

const TYPES = [
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=other',
  `multipart/form-data; boundary="${BOUNDARY}"`,
  `multipart/form-data; BOUNDARY=${BOUNDARY}; charset=utf-16`,
  `multipart/mixed; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary=${BOUNDARY}; boundary=other`,
  `multipart/form-data; boundary=${'b'.repeat(500)}`,
  'application/x-www-form-urlencoded',
  'application/json',
] as const;

const typing: fc.Arbitrary<Mutation> = fc
  .constantFrom(FORM_TYPE, ...TYPES)
  .map((type) =>
    named(`the type ${type.slice(0, 60)}`, ({ headers }) => ({ headers: replaced(headers, ['content-type', type]) })),
  );

/** Changes of forms. */
export const formMutations = (endpoint: EndpointSpec): fc.Arbitrary<Mutation> =>
  fc.oneof(parting(endpoint), parting(endpoint), typing, corrupting);
