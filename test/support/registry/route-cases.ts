/** Methods that API Gateway's any-method takes. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Other spellings of a path that are other paths, and so are unknown. */
export const unknownPaths = (path: string): readonly string[] => [
  `${path}/more`,
  `${path}x`,
  `${path}%20`,
  `${path};a=b`,
  `${path}%00`,
  path.toUpperCase(),
  path.replace('/v1/', '/v2/'),
  path.replace('/v1/', '/'),
  path.replace('/v1/', '/v1//'),
  `/${path}`,
  `/bitginx${path}`,
  `/bitgin/bitgin${path}`,
  `/Bitgin${path}`,
  `/local${path}`,
  `/x/..${path}`,
];

/** Other spellings of a path that a gateway may or may not take for it; either answer is fine. */
export const doubtfulPaths = (path: string): readonly string[] => [
  `${path}/`,
  `${path}//`,
  `${path}/.`,
  `${path}#fragment`,
  path.replace('/v1/', '/v1/./'),
  path.replace('/v1/', '/v1/../v1/'),
  path.replace('v1', '%76%31'),
  path.replaceAll('/', '%2f').replace('%2f', '/'),
  `http://example.com${path}`,
];

/** Paths that no API has. */
export const STRANGE_PATHS: readonly string[] = [
  '/',
  '//',
  '/v1',
  '/v1/',
  '/v1/no/such/route',
  '/bitgin',
  '/bitgin/',
  '/bitgin/v1',
  '/%',
  '/%zz',
  '/%00',
  '/%c0%ae%c0%ae/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/v1/{proxy+}',
  '/__proto__',
  '/v1/constructor',
  `/${'a/'.repeat(500)}`,
  `/${'x'.repeat(4_000)}`,
];

/** Query strings that no endpoint asks for. */
export const STRANGE_QUERIES: readonly string[] = [
  '?',
  '?&&&',
  '?=',
  '?a',
  '?a=1&a=2&A=3',
  '?a[]=1&a[b]=2',
  '?__proto__=1&constructor=2&prototype=3&toString=4&hasOwnProperty=5',
  '?%=%zz&%00=%00',
  '?a=%ff%fe&b=%ed%a0%80',
  '?a=1;b=2',
  '?a=1?b=2#c',
  `?${'a=1&'.repeat(1_000)}`,
  `?long=${'x'.repeat(8_000)}`,
];

const many = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-header-${index}`, 'value']));

/** Headers that clients get wrong or make up, by name. */
export const STRANGE_HEADERS: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  'two hundred headers': many(200),
  '8 KB in one header': { 'x-long': 'x'.repeat(8_000) },
  'a header many times': { 'x-many': Array.from({ length: 100 }, String) },
  'bytes that are no ASCII': { 'x-bytes': '\u00E9\u00FF', 'user-agent': '\u00FF'.repeat(600) },
  'names of prototypes': { constructor: '1', 'to-string': '2', prototype: '3' },
  'languages that are none': { 'accept-language': ['', ';;;q=,,', '*;q=0, x-;q=NaN, en;q=2'] },
  'a long list of languages': { 'accept-language': 'xx;q=0.1,'.repeat(500) },
  'strange cookies': { cookie: 'token; =; token==; ;;; a=b=c; token="x"; __proto__=1' },
  'cookies in several headers': { cookie: ['token=a', 'token=b', 'c=d'] },
  'addresses made up': { 'x-forwarded-for': ['1.2.3.4', 'nonsense, ::1'], 'x-forwarded-proto': 'ftp', via: 'x' },
  'a host made up': { host: 'example.com:99999' },
  'an origin that is none': { origin: 'null' },
  'two origins': { origin: 'http://localhost:3000 http://evil.example' },
  'a trace made up': { 'x-amzn-trace-id': 'Root=nonsense;;;=' },
  'ranges and conditions': { range: 'bytes=0-1', 'if-none-match': '*', 'if-match': '"x"', expect: '100-continue' },
  'types that are not given out': { accept: 'image/png', 'accept-encoding': 'identity;q=0, *;q=0', te: 'trailers' },
  'another method': { 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' },
};

/** Tokens that open nothing. */
export const BAD_TOKENS: readonly string[] = [
  '',
  'x',
  'USER_TOKEN_LOGIN_',
  `USER_TOKEN_LOGIN_${'0'.repeat(32)}_${'0'.repeat(32)}`,
  `USER_TOKEN_LOGIN_${'g'.repeat(32)}_${'0'.repeat(32)}`,
  `user_token_login_${'0'.repeat(32)}_${'0'.repeat(32)}`,
  `USER_TOKEN_LOGIN_${'0'.repeat(32)}_${'0'.repeat(32)} `,
  `USER_TOKEN_LOGIN_${'0'.repeat(4_000)}`,
  '__proto__',
  '\u00FF\u00FE',
  'null',
  '{"$ne":null}',
];
