import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { fileFieldsOf } from '../../../shared/contracts/named-fields.ts';
import type { ApiResponse } from '../local-stack.ts';
import { codeOf, messageOf } from './judge.ts';
import { OTHER_TYPES } from './odd-bodies.ts';
import type { Case } from './over-http.ts';

/** The smallest JPEG that there is: one grey pixel. */
export const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8X' +
    'GBYUGBIUFRT/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
);

const BOUNDARY = 'registry-form';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

type Fields = Readonly<Record<string, string | Buffer>>;

const bodyOf = (fields: Fields, ending = `--${BOUNDARY}--\r\n`): Buffer =>
  Buffer.concat([
    ...Object.entries(fields).flatMap(([name, value]) => [
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(ending),
  ]);

const requestOf = (body: Buffer, type = TYPE): Case['request'] => ({ headers: { 'content-type': type }, body });

const { code: INVALID } = CODES.INVALID_PARAMETER;

const answers = (code: number) => (response: ApiResponse) =>
  codeOf(response) === code ? [] : [`answered ${codeOf(response)}, not ${code}`];

/** The documented example, with a picture in the place of each file. */
const exampleFields = ({ body, example }: EndpointSpec): Fields => {
  const files = body ? fileFieldsOf(body) : [];
  return Object.fromEntries(
    Object.entries(example.body ?? {}).map(([name, value]) => [name, files.includes(name) ? PIXEL : String(value)]),
  );
};

/** The documented example as a form. */
export const formExampleCase = (endpoint: EndpointSpec): Case => ({
  name: 'the example',
  request: requestOf(bodyOf(exampleFields(endpoint))),
  expect: (response) => (codeOf(response) === INVALID ? [`refused: ${messageOf(response)}`] : []),
});

const ODD_TEXTS = ['', ' ', '-1', '1e3', '0x1', '\0', '\u0000\uFFFF', '臺灣', '__proto__', '1'.repeat(4_000)] as const;

const withoutField = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));

/** The example with every field left out, replaced by odd texts, and joined by others. */
export const formFieldCases = (endpoint: EndpointSpec, schema: NonNullable<EndpointSpec['body']>): readonly Case[] => {
  const fields = exampleFields(endpoint);
  const files = fileFieldsOf(schema);
  const takes = (changed: Fields): boolean => {
    const read = Object.entries(changed).map(([name, value]) => [
      name,
      files.includes(name) ? new File([Buffer.from(value)], name) : value,
    ]);
    return schema.safeParse(Object.fromEntries(read)).success;
  };
  const made = (name: string, changed: Fields): Case => ({
    name,
    request: requestOf(bodyOf(changed)),
    ...(takes(changed) ? {} : { expect: answers(INVALID) }),
  });
  return [
    ...Object.keys(fields).map((name) => made(`without ${name}`, withoutField(fields, name))),
    ...Object.keys(fields).flatMap((name) =>
      ODD_TEXTS.map((text) => made(`${name} ${text.slice(0, 20)}`, { ...fields, [name]: text })),
    ),
    made('fields that nobody asked for', { ...fields, constructor: '1', toString: '2', a: '3' }),
  ];
};

/** What an endpoint that takes forms makes of the body as a whole. */
export const formBodyCases = (endpoint: EndpointSpec): readonly Case[] => {
  const fields = exampleFields(endpoint);
  const broken: Readonly<Record<string, Case['request']>> = {
    'no body': { headers: { 'content-type': TYPE } },
    'no boundary': requestOf(bodyOf(fields), 'multipart/form-data'),
    'another boundary': requestOf(bodyOf(fields), 'multipart/form-data; boundary=other'),
    'no end': requestOf(bodyOf(fields, '')),
    'every field twice': requestOf(Buffer.concat([bodyOf(fields, ''), bodyOf(fields)])),
    'bytes of all kinds': requestOf(Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256))),
    'a thousand fields': requestOf(
      bodyOf(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, '']))),
    ),
  };
  return [
    ...Object.entries(broken).map(([name, request]) => ({ name, request, expect: answers(INVALID) })),
    ...OTHER_TYPES.filter(([type]) => !type?.startsWith('multipart/form-data')).map(([type, body]) => ({
      name: `content-type ${type}`,
      request: type === undefined ? { body } : { headers: { 'content-type': type }, body },
      expect: answers(CODES.UNSUPPORTED_MEDIA_TYPE.code),
    })),
  ];
};
