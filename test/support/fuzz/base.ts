import * as fc from 'fast-check';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { queryOf } from '../registry/over-http.ts';
import type { CallerKind, Draft } from './draft.ts';
import { formOf } from './form.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields in which real names lead further than the made up ones of the examples; {@link fill} knows the names. */
const REAL: Fields = {
  username: '{{name}}',
  loginName: '{{name}}',
  receiver: '{{name}}',
  email: '{{email}}',
  receiverEmail: '{{email}}',
  password: '{{password}}',
  oldPassword: '{{password}}',
};

/** Operations of 8.1 beside the documented one; keys may ask for these. */
export const OPERATIONS: readonly Fields[] = [
  { operation: 'GET_BALANCE_IN_QUOTE', toAsset: 'TWD', fromWallet: [{ wallet: 'SPOT@', asset: 'USDT' }] },
  { operation: 'CONVERT', toAsset: 'TWD', fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: '0.01' }] },
  ...['PRE_PAY_FOR_SERVICE', 'PAY_FOR_SERVICE'].map((operation) => ({
    operation,
    receiver: 'demo-shop',
    fromWallet: [{ wallet: 'SPOT@', asset: 'USDT' }],
    toAsset: 'USDT',
    toAmount: '0.01',
  })),
];

const withRealNames = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, REAL[name] ?? value]));

const bodiesOf = ({ id, example }: EndpointSpec): readonly (Fields | undefined)[] => {
  if (example.body === undefined) return [undefined];
  return [example.body, withRealNames(example.body), ...(id === 'capital.wallet-operation' ? OPERATIONS : [])];
};

const exampleTarget = ({ path, example: { params = {} } }: EndpointSpec): string =>
  Object.entries({ ...params, username: '{{name}}' }).reduce<string>(
    (filled, [name, value]) => filled.replace(`{${name}}`, value),
    path,
  );

/** What a browser on the API's own origin sends along, and the length of the connection. */
const HEADERS = [
  ['Host', 'localhost'],
  ['Sec-Fetch-Site', 'same-origin'],
] as const;

/** A body as the endpoint takes it, with the headers that it comes by. */
export const writtenAs = (endpoint: EndpointSpec, body: Fields | undefined): Pick<Draft, 'headers' | 'body'> => {
  if (body === undefined) return { headers: HEADERS, body: undefined };
  if (endpoint.bodyType === 'multipart') {
    const form = formOf(endpoint, body);
    return { headers: [...HEADERS, ['Content-Type', form.type]], body: form.body };
  }
  return { headers: [...HEADERS, ['Content-Type', 'application/json']], body: Buffer.from(JSON.stringify(body)) };
};

const SESSIONS = ['guest', 'guest', 'member', 'member', 'cookie', 'pending', 'nobody'] as const;

/** Those who come to an endpoint: most of them whom it is open to. */
const callersOf = ({ auth, apiKey }: EndpointSpec): readonly CallerKind[] => {
  if (auth === 'staff') return ['staff', 'staff', 'staff', 'staff', 'nobody'];
  if (auth === 'none' || auth === 'optional') return ['nobody', 'nobody', 'guest', 'cookie', 'key'];
  if (apiKey === false) return [...SESSIONS, 'key'];
  return [...SESSIONS, 'key', 'key', 'key', 'key', 'reader'];
};

interface Picked {
  readonly body: Fields | undefined;
  readonly query: string;
  readonly caller: CallerKind;
}

const draftOf = (endpoint: EndpointSpec, { body, query, caller }: Picked): Draft => ({
  endpoint,
  method: endpoint.method,
  path: exampleTarget(endpoint),
  // The names that are put in later stand for themselves, not for their escapes.
  query: query.replaceAll('%7B', '{').replaceAll('%7D', '}'),
  ...writtenAs(endpoint, body),
  caller,
  signature: 'right',
  astray: false,
  mayBeCutOff: false,
  changes: [],
});

/** A request as documented, from one of those who may or may not send it. */
export const baseDrafts = (endpoint: EndpointSpec): fc.Arbitrary<Draft> =>
  fc
    .record<Picked>({
      body: fc.constantFrom(...bodiesOf(endpoint)),
      query: fc.constantFrom(
        queryOf(endpoint.example.query),
        queryOf(endpoint.example.query && withRealNames(endpoint.example.query)),
      ),
      caller: fc.constantFrom(...callersOf(endpoint)),
    })
    .map((picked) => draftOf(endpoint, picked));

/** Names that stand in drafts for somebody who exists. */
export type Names = Readonly<Record<'name' | 'email' | 'password', string>>;

const PLACE = /\{\{(name|email|password)\}\}/g;

const isName = (name: string): name is keyof Names => name === 'name' || name === 'email' || name === 'password';

/** Puts real names into a text whose characters are bytes. */
export const fill = (text: string, names: Names): string =>
  text.replaceAll(PLACE, (whole, name: string) => (isName(name) ? names[name] : whole));
