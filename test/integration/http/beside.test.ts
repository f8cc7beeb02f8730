import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble, type Bind } from '../../../shared/http/endpoint-handler.ts';
import type { BesideRead, ReadBeside } from '../../../shared/http/beside.ts';
import { issueToken } from '../../../shared/identity/token.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { StoreBusyError } from '../../../shared/platform/table.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { delayCalls, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { useIdentity } from '../../support/identity.ts';
import { loggedInAs } from '../../support/logged-in.ts';
import { testFoundation } from '../../support/test-platform.ts';

const reading = defineEndpoint({
  id: 'test.reading',
  chapter: '3.1',
  method: 'GET',
  path: '/v1/test/read',
  summary: 'Read',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  query: z.object({ id: z.string().check(z.regex(/^\d+$/)) }),
  data: z.object({ found: z.string() }),
  codes: [],
  successMessage: 'Success',
  uses: { ledger: ['get'] },
  example: { query: { id: '1' }, data: { found: '' } },
});

const show: Bind<typeof reading, string> =
  () =>
  ({ beside }) => ({ ok: true, data: { found: beside } });

const envelope = z.object({ code: z.int(), data: z.unknown() });

describe('what is read beside the session', () => {
  const identity = useIdentity();

  const caller = (read: ReadBeside<string>) => {
    const foundation = testFoundation(reading, identity().resources);
    const handler = assemble(reading, foundation, show, { beside: () => read });
    return async (token: string | undefined, id = '1') => {
      const event = apiEvent({ headers: token === undefined ? {} : { token }, query: { id } });
      const { statusCode, body } = await handler(event, lambdaContext());
      return { status: statusCode, ...envelope.parse(JSON.parse(body)) };
    };
  };

  it('is read for whom the token names, by the query as sent, in the same round trip', async () => {
    const token = await loggedInAs(identity());
    const { platform } = testFoundation(reading, identity().resources);
    const reads: BesideRead[] = [];
    const call = caller(async (read) => {
      reads.push(read);
      await platform.tables.ledger.get({ pk: `USER#${read.userId}`, sk: 'X' });
      return 'yes';
    });
    expect(await call(token)).toMatchObject({ status: 200, data: { found: 'yes' } });
    expect(reads).toEqual([{ userId: token.split('_')[3], query: { id: '1' } }]);
    const { client } = identity().engine;
    delayCalls(client, 30);
    const calls = recordCalls(client);
    await call(token);
    client.middlewareStack.remove('delayCalls');
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual(['BatchGetItem', 'GetItem', 'UpdateItem']);
    expect(sequentialCalls(calls)).toBe(1);
  });

  it('fails the request as any other reading does', async () => {
    const call = caller(() => Promise.reject(new StoreBusyError('Busy.')));
    expect(await call(await loggedInAs(identity()))).toMatchObject({ status: 503, code: -503 });
    const thrown = caller(() => {
      throw new Error('At once.');
    });
    expect(await thrown(await loggedInAs(identity()))).toMatchObject({ status: 500, code: -500 });
  });

  it('says nothing to who is refused, whatever comes of it', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const refused = [
      await caller(() => Promise.reject(new StoreBusyError('Busy.')))(issueToken('a'.repeat(32), systemRandom)),
      await caller(() => Promise.resolve('secret'))(issueToken('a'.repeat(32), systemRandom)),
    ];
    const invalid = await caller(() => Promise.reject(new Error('No.')))(await loggedInAs(identity()), 'x');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', listen);
    expect(refused).toMatchObject([{ status: 401 }, { status: 401 }]);
    expect(JSON.stringify(refused)).not.toContain('secret');
    expect(invalid).toMatchObject({ status: 400, code: -2 });
    expect(unhandled).toEqual([]);
  });

  it('is not read for who names nobody', async () => {
    const reads: BesideRead[] = [];
    const call = caller((read) => {
      reads.push(read);
      return Promise.resolve('x');
    });
    expect([await call(undefined), await call('no token')]).toMatchObject([{ status: 401 }, { status: 401 }]);
    expect(reads).toEqual([]);
  });

  it('is handed in only where a session is looked for', () => {
    const open = defineEndpoint({ ...reading, auth: 'none', rate: 'public' });
    const foundation = testFoundation(open, identity().resources);
    const bind: Bind<typeof open, string> = () => () => ({ ok: true, data: { found: '' } });
    expect(() => assemble(open, foundation, bind, { beside: () => () => Promise.resolve('') })).toThrow(/no session/);
  });
});
