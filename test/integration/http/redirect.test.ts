import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { useIdentity } from '../../support/identity.ts';
import { loggedInAs } from '../../support/logged-in.ts';
import { testFoundation } from '../../support/test-platform.ts';

const confirming = defineEndpoint({
  id: 'test.confirm',
  chapter: '3.1',
  method: 'GET',
  path: '/v1/test/confirm',
  summary: 'Confirm',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: 'by-navigation',
  response: 'redirect',
  query: z.object({ code: z.string() }),
  data: z.object({ id: z.int() }),
  codes: [],
  successMessage: null,
  uses: {},
  example: { query: { code: 'x' }, data: { id: 1 } },
});

const FRONT_END = 'https://app.example.com/transfer';

describe('a link in a mail', () => {
  const identity = useIdentity();

  const follow = async (headers: Record<string, string>) => {
    const foundation = testFoundation(confirming, identity().resources);
    const handler = assemble(confirming, foundation, () => () => ({ ok: true, data: { id: 7 } }));
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const event = apiEvent({ headers: { ...navigation, ...headers }, query: { code: 'x' } });
    const { statusCode, headers: answered } = await handler(event, lambdaContext());
    return { status: statusCode, location: answered?.['location'] };
  };

  it('leads its owner to the front-end, from wherever the owner comes', async () => {
    const cookie = `token=${await loggedInAs(identity())}`;
    expect(await follow({ cookie })).toEqual({ status: 302, location: `${FRONT_END}?id=7` });
  });

  it('leads who has no session to log in', async () => {
    expect(await follow({})).toEqual({ status: 302, location: `${FRONT_END}?alertcode=10002&alerttype=login` });
  });

  it('is not loaded by another site’s page, even with the owner’s cookie', async () => {
    const cookie = `token=${await loggedInAs(identity())}`;
    expect(await follow({ cookie, 'sec-fetch-mode': 'no-cors' })).toEqual({
      status: 302,
      location: `${FRONT_END}?alertcode=-403&alerttype=error`,
    });
  });

  it('leads who sends too many requests to an alert, too', async () => {
    const token = await loggedInAs(identity());
    const answers = await Promise.all(Array.from({ length: 20 }, () => follow({ token })));
    const refused = answers.filter(({ location }) => location === `${FRONT_END}?alertcode=-429&alerttype=error`);
    expect(refused).toHaveLength(5);
  });
});
