import { randomBytes } from 'node:crypto';
import { image } from '../../../shared/contracts/endpoints/kyc/image.ts';
import { TRANSPORT_HEADERS } from '../../../shared/contracts/transport.ts';
import { type Check, expectThat, NotGiven } from '../check.ts';
import { expectRefusal } from '../answers.ts';
import type { WireAnswer } from '../wire.ts';
import { wireOf } from '../wire.ts';
import type { World } from '../world.ts';

/** API Gateway's limit for a body, and Lambda's for what a function is given, in bytes. */
const GATEWAY_LIMIT = 10_485_760;
const INVOCATION_LIMIT = 6_291_456;

/** From here on WAF refuses a body, in bytes, everywhere but on the routes of uploads (infra/constructs/web-acl-rules.ts). */
const WAF_LIMIT = 8_192;

const JSON_TYPE = { 'content-type': 'application/json' };

/** A page that nobody has configured. */
const FOREIGN = 'https://smoke.invalid';

const originOf = ({ stage }: World): string => stage.allowedOrigins[0] ?? FOREIGN;

const expectCors = ({ headers }: WireAnswer, origin: string): void => {
  const allowed = headers['access-control-allow-origin'] ?? 'none';
  expectThat(allowed === origin, `access-control-allow-origin: ${origin}`, allowed);
  const credentials = headers['access-control-allow-credentials'] ?? 'none';
  expectThat(credentials === 'true', 'access-control-allow-credentials: true', credentials);
};

interface Large {
  readonly path: string;
  readonly bytes: number;
  readonly code: 'FORBIDDEN' | 'PAYLOAD_TOO_LARGE';
}

const refusesLarge = async (world: World, { path, bytes, code }: Large): Promise<string> => {
  const origin = originOf(world);
  const headers = { ...JSON_TYPE, origin };
  const answer = await world.send({ method: 'POST', path, headers, body: Buffer.alloc(bytes, 0x20) });
  const seen = expectRefusal(answer, code);
  expectCors(answer, origin);
  return `${seen} for ${bytes} bytes, readable by ${origin}`;
};

/** Sent to where WAF lets large bodies through, so that what comes behind it has to refuse them. */
const tooLarge = (bytes: number): Check<World>['run'] => {
  return (world) => refusesLarge(world, { path: image.path, bytes, code: 'PAYLOAD_TOO_LARGE' });
};

/** What the gateway answers by itself or by its fallback, and to whom. */
export const edgeChecks: readonly Check<World>[] = [
  {
    name: 'unknown route',
    run: async (world) => {
      const origin = originOf(world);
      const path = `/v1/smoke-${randomBytes(4).toString('hex')}`;
      const answer = await world.send({ method: 'GET', path, headers: { origin } });
      const seen = expectRefusal(answer, 'NOT_FOUND');
      expectCors(answer, origin);
      return `${seen}, readable by ${origin}`;
    },
  },
  {
    name: 'wrong method',
    run: async ({ send }) => {
      const answer = await send({ method: 'DELETE', path: '/v1/login' });
      const allow = answer.headers.allow ?? 'none';
      expectThat(allow.includes('POST'), 'allow: POST, OPTIONS', allow);
      return `${expectRefusal(answer, 'METHOD_NOT_ALLOWED')}, allow: ${allow}`;
    },
  },
  {
    name: 'preflight',
    run: async (world) => {
      const origin = originOf(world);
      const headers = { origin, 'access-control-request-method': 'POST' };
      const answer = await world.send({ method: 'OPTIONS', path: '/v1/login', headers });
      expectThat(answer.status === 204, 'HTTP 204', `HTTP ${answer.status}`);
      expectCors(answer, origin);
      return `204 for ${origin}`;
    },
  },
  {
    name: 'preflight of a stranger',
    run: async ({ send }) => {
      const headers = { origin: FOREIGN, 'access-control-request-method': 'POST' };
      const answer = await send({ method: 'OPTIONS', path: '/v1/login', headers });
      const allowed = answer.headers['access-control-allow-origin'];
      expectThat(allowed === undefined, `no access-control-allow-origin for ${FOREIGN}`, String(allowed));
      return `nothing allowed to ${FOREIGN}`;
    },
  },
  {
    name: 'browsers kept to TLS',
    run: async ({ send, stage }) => {
      if (!stage.cookieSecure) throw new NotGiven('a stage behind TLS');
      const { headers } = await send({ method: 'GET', path: '/v1/health' });
      const said = headers['strict-transport-security'] ?? 'none';
      const expected = TRANSPORT_HEADERS['strict-transport-security'];
      expectThat(said === expected, `strict-transport-security: ${expected}`, said);
      return said;
    },
  },
  {
    name: 'body that is no JSON',
    run: async ({ send }) => {
      const answer = await send({ method: 'POST', path: '/v1/login', headers: JSON_TYPE, body: Buffer.from('{') });
      return expectRefusal(answer, 'INVALID_JSON');
    },
  },
  {
    name: "body above WAF's limit",
    run: (world) => {
      if (world.stage.waf === undefined) throw new NotGiven('a stage with WAF');
      return refusesLarge(world, { path: '/v1/login', bytes: WAF_LIMIT + 1, code: 'FORBIDDEN' });
    },
  },
  { name: "body above Lambda's limit", run: tooLarge(INVOCATION_LIMIT + 1) },
  { name: "body above the gateway's limit", run: tooLarge(GATEWAY_LIMIT + 1) },
  {
    name: 'staff API without a signature',
    run: async ({ staffUrl, timeoutMs }) => {
      if (staffUrl === undefined) throw new NotGiven('--staff <url>: the output StaffApiUrl');
      const send = wireOf({ baseUrl: staffUrl, timeoutMs });
      return expectRefusal(await send({ method: 'GET', path: '/admin/v1/audit' }), 'FORBIDDEN');
    },
  },
];
