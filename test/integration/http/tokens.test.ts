import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { CODES, type Code } from '../../../shared/contracts/codes/catalogue.ts';
import type { Auth, EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { factorJourneyOn } from '../../support/factor-journey.ts';
import { somebody } from '../../support/journey.ts';
import { type ApiResponse, envelopeOf } from '../../support/local-stack.ts';
import { NAMED_ENDPOINTS, pathOf, queryOf } from '../../support/registry/over-http.ts';
import { useJourney } from '../../support/use-journey.ts';

const HOUR = 60 * 60_000;

/** A token that opens nothing, or one that owes its second factor. */
type Kind = 'none' | 'malformed' | 'forged' | 'spliced' | 'expired' | 'revoked' | 'pending';

const KINDS = ['none', 'malformed', 'forged', 'spliced', 'expired', 'revoked', 'pending'] as const;

/** What refuses a token by itself, whatever the request says. */
const REFUSALS: readonly Code[] = ['TOKEN_EXPIRED', 'SECOND_FACTOR_REQUIRED', 'ACCOUNT_NOT_ACTIVATED'];

/** What an endpoint answers to a token by itself; undefined where it goes on to the request. */
const documented = (auth: Auth, kind: Kind): Code | undefined => {
  if (auth !== 'session' && auth !== 'pending') return undefined;
  if (kind !== 'pending') return 'TOKEN_EXPIRED';
  return auth === 'session' ? 'SECOND_FACTOR_REQUIRED' : undefined;
};

const answerOf = (code: Code) => ({ status: CODES[code].status, code: CODES[code].code });

/** What a redirect tells in its address, as an answer with an envelope would have told it of a token. */
const toldBy = ({ headers }: ApiResponse) => {
  const told = new URL(String(headers.location)).searchParams.get('alertcode');
  const known = REFUSALS.map(answerOf).find(({ code }) => String(code) === told);
  return known ?? { status: 302, code: told === null ? CODES.SUCCESS.code : Number(told) };
};

describe('every endpoint', () => {
  const live = useJourney({ stage: 'test' });
  let opens = '';
  const tokens = new Map<Kind, () => Promise<string | undefined>>();

  const send = async (endpoint: EndpointSpec, token: string | undefined) => {
    const { body, query } = endpoint.example;
    const response = await live.stack.call(endpoint.method, `${pathOf(endpoint)}${queryOf(query)}`, {
      headers: { 'sec-fetch-site': 'same-origin', ...(token !== undefined && { token }) },
      ...(body && { body }),
    });
    if (endpoint.response === 'redirect') return toldBy(response);
    return endpoint.response === undefined || response.status >= 400
      ? { status: response.status, code: envelopeOf(response).code }
      : { status: response.status, code: CODES.SUCCESS.code };
  };

  beforeAll(async () => {
    const { stack, journey } = live;
    const { advance, bind } = factorJourneyOn(stack);
    const expired = await journey.loggedIn();
    await advance(HOUR);
    const person = somebody();
    const full = await journey.loggedIn(person);
    const revoked = await journey.loggedIn();
    await stack.call('POST', '/v1/logout', { headers: { token: revoked } });
    await bind(full);
    const pending = async () => String((await journey.login(person)).headers['token']);
    const random = () => randomBytes(16).toString('hex');
    const given: Record<Kind, () => Promise<string | undefined>> = {
      none: () => Promise.resolve(undefined),
      malformed: () => Promise.resolve(full.slice(0, -1)),
      forged: () => Promise.resolve(`USER_TOKEN_LOGIN_${random()}_${random()}`),
      // The id of a user who is logged in, with a secret of one's own.
      spliced: () => Promise.resolve(`${full.slice(0, -32)}${random()}`),
      expired: () => Promise.resolve(expired),
      revoked: () => Promise.resolve(revoked),
      pending,
    };
    for (const kind of KINDS) tokens.set(kind, given[kind]);
    opens = full;
  });

  it('opens to the session whose token the others are made of', async () => {
    expect((await live.stack.call('GET', '/v1/user', { headers: { token: opens } })).status).toBe(200);
  });

  it.each(NAMED_ENDPOINTS)('%s answers each kind of token as documented', async (_name, endpoint) => {
    const answers: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const kind of KINDS) {
      const answer = await send(endpoint, await tokens.get(kind)?.());
      const code = documented(endpoint.auth, kind);
      const refusedByItself = REFUSALS.map(answerOf).some(
        (one) => one.code === answer.code && one.status === answer.status,
      );
      answers[kind] = code === undefined ? refusedByItself : answer;
      expected[kind] = code === undefined ? false : answerOf(code);
    }
    expect(answers).toEqual(expected);
  });
});
