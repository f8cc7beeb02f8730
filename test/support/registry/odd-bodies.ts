import { gzipSync } from 'node:zlib';

/** A body that is no JSON object, by name. */
export type OddBody = readonly [name: string, body: string | Buffer | undefined];

const DEPTHS = [2_000, 100_000] as const;

/** Bodies that are no JSON object whatever the endpoint, and so are refused as such. */
export const notObjects = (example: unknown): readonly OddBody[] => {
  const json = JSON.stringify(example);
  return [
    ['no body', undefined],
    ['an empty body', ''],
    ['blanks', ' \r\n\t'],
    ['an open brace', '{'],
    ['an open string', '{"a":"'],
    ['an unfinished object', json.slice(0, -1)],
    ['two objects', `${json}${json}`],
    ['a trailing comma', `${json.slice(0, -1)},}`],
    ['single quotes', "{'a':1}"],
    ['a comment', `/* a */${json}`],
    ['a byte order mark', `\uFEFF${json}`],
    ['words', 'nonsense'],
    ['NaN', 'NaN'],
    ['undefined', 'undefined'],
    ['a NUL', '\0'],
    ['null', 'null'],
    ['true', 'true'],
    ['a number', '1'],
    ['a string', '"text"'],
    ['an empty array', '[]'],
    ['the example in an array', `[${json}]`],
    ['UTF-16', Buffer.from(json, 'utf16le')],
    ['gzip', gzipSync(json)],
    ['bytes of no encoding', Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d])],
    ...DEPTHS.flatMap((depth): OddBody[] => [
      [`arrays ${depth} deep`, '['.repeat(depth) + ']'.repeat(depth)],
      [`arrays ${depth} deep and open`, '['.repeat(depth)],
      [`objects ${depth} deep and open`, '{"a":'.repeat(depth)],
    ]),
  ];
};

/** Bodies that are JSON objects, for the endpoint's own schema to judge. */
export const oddObjects = (example: unknown): readonly OddBody[] => {
  const json = JSON.stringify(example);
  const inside = json.slice(1, -1);
  return [
    ['an empty object', '{}'],
    ['blanks around the object', ` \r\n${json}\t`],
    ['every field twice', `{${inside},${inside}}`],
    [
      'bytes of no encoding inside a string',
      Buffer.concat([Buffer.from(`{${inside},"a":"`), Buffer.from([0xff, 0x22, 0x7d])]),
    ],
    [
      'a thousand unknown fields',
      `{${inside},${Array.from({ length: 1000 }, (_, index) => `"f${index}":${index}`).join()}}`,
    ],
    ...DEPTHS.map((depth): OddBody => [
      `objects ${depth} deep in an unknown field`,
      `{${inside},"a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    ]),
  ];
};

/** Headers that say something else than JSON, and what goes with them. */
export const OTHER_TYPES: readonly (readonly [type: string | undefined, body: string])[] = [
  [undefined, '{}'],
  ['', '{}'],
  ['application/x-www-form-urlencoded', 'a=1&b=2'],
  ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'],
  ['multipart/form-data', 'no boundary'],
  ['text/plain', '{}'],
  ['text/json', '{}'],
  ['application/xml', '<a/>'],
  ['application/octet-stream', '\0\u0001'],
  ['application/jsonp', '{}'],
  ['application', '{}'],
  [';charset=utf-8', '{}'],
  ['\u00FF/\u00FE', '{}'],
];

/** Spellings that do say JSON. */
export const JSON_TYPES: readonly string[] = [
  'application/json',
  'APPLICATION/JSON',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8; x=y',
  'application/vnd.api+json',
];
