import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import type { ApiResponse } from '../local-stack.ts';
import { JSON_TYPES, notObjects, oddObjects, OTHER_TYPES } from './odd-bodies.ts';
import { codeOf } from './judge.ts';
import { type Case } from './over-http.ts';

const JSON_TYPE = { 'content-type': 'application/json' } as const;

const answers = (code: number) => (response: ApiResponse) =>
  codeOf(response) === code ? [] : [`answered ${codeOf(response)}, not ${code}`];

const answersOther = (code: number) => (response: ApiResponse) =>
  codeOf(response) === code ? [`answered ${code}`] : [];

/** Lambda's limit for an event, in bytes, and API Gateway's for a body. */
const INVOCATION_LIMIT = 6_291_456;
const BODY_LIMIT = 10_485_760;

/** More than the gateway adds to a body to make an event. */
const EVENT_ROOM = 8_192;

const padded = (size: number): string => `{"padding":"${'x'.repeat(size - '{"padding":""}'.length)}"}`;

const tooLarge = answers(CODES.PAYLOAD_TOO_LARGE.code);

const oversize = (name: string, body: string): Case => ({
  name,
  request: { headers: JSON_TYPE, body },
  expect: tooLarge,
  anonymous: true,
  byGateway: true,
});

/** Bodies over the limits, which no function sees: all of them where a body is asked for. */
export const oversizeBodyCases = ({ body }: EndpointSpec): readonly Case[] => [
  oversize('a body just over the limit of the gateway', padded(BODY_LIMIT + 1)),
  ...(body
    ? [
        oversize('a body just under the limit of the gateway', padded(BODY_LIMIT)),
        oversize('an event just over the limit', padded(INVOCATION_LIMIT - 200)),
        oversize('an event that only escapes make too large', `{"padding":"${'\\"'.repeat(INVOCATION_LIMIT / 4)}"}`),
      ]
    : []),
];

const FITTING: readonly Case[] = [
  {
    name: 'an event just under the limit',
    request: { headers: JSON_TYPE, body: padded(INVOCATION_LIMIT - EVENT_ROOM) },
    expect: answersOther(CODES.PAYLOAD_TOO_LARGE.code),
  },
];

const asJson = (body: string | Buffer | undefined): Case['request'] =>
  body === undefined ? { headers: JSON_TYPE } : { headers: JSON_TYPE, body };

const asType = (type: string | undefined, body: string): Case['request'] =>
  type === undefined ? { body } : { headers: { 'content-type': type }, body };

/** What an endpoint that takes JSON makes of the body as a whole. */
export const jsonBodyCases = ({ example }: EndpointSpec): readonly Case[] => [
  ...notObjects(example.body).map(([name, body]) => ({
    name,
    request: asJson(body),
    expect: answers(CODES.INVALID_JSON.code),
  })),
  ...oddObjects(example.body).map(([name, body]) => ({ name, request: asJson(body) })),
  ...OTHER_TYPES.map(([type, body]) => ({
    name: `content-type ${type}`,
    request: asType(type, body),
    expect: answers(CODES.UNSUPPORTED_MEDIA_TYPE.code),
  })),
  ...JSON_TYPES.map((type) => ({
    name: `content-type ${type}`,
    request: { headers: { 'content-type': type }, body: JSON.stringify(example.body) },
    expect: answersOther(CODES.UNSUPPORTED_MEDIA_TYPE.code),
  })),
  ...FITTING,
];

/** What an endpoint that asks for no JSON makes of a body all the same; it does not read it, so a few are enough. */
export const otherBodyCases = (): readonly Case[] => [
  ...[undefined, '', '{', '[]', '\0', '['.repeat(2_000)].map((body) => ({
    name: `the body ${body?.slice(0, 5)}`,
    request: asJson(body),
  })),
  ...OTHER_TYPES.slice(0, 4).map(([type, body]) => ({
    name: `content-type ${type}`,
    request: asType(type, body),
  })),
];
