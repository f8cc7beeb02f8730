import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STAGES } from '../../infra/stages.ts';
import { createClient } from '../../shared/client/client.ts';
import { STEP } from '../support/authenticator.ts';
import { clientJourneyOn, dataOf } from '../support/client-journey.ts';
import { useJourney } from '../support/use-journey.ts';

const live = useJourney();

describe('a person who uses the client', () => {
  let steps: ReturnType<typeof clientJourneyOn>;
  let ann: Awaited<ReturnType<typeof steps.member>>;
  let ben: typeof ann;
  let client: ReturnType<typeof steps.session>;

  beforeAll(async () => {
    steps = clientJourneyOn(live, STAGES.local);
    ann = await steps.member();
    ben = await steps.member();
    client = steps.session();
  });
  afterAll(() => steps.close());

  it('logs in with a second factor, and is somebody else until then', async () => {
    const { username: loginName, password } = ann;
    const login = await client.call('auth.login', { body: { loginName, password } });
    expect(login).toMatchObject({ ok: true, data: { username: ann.username, is2FA: true } });
    expect(await client.call('account.user')).toMatchObject({ ok: false, status: 403, code: 10070 });
    const pending = client.token;
    dataOf(await client.call('account.check-2fa', { body: { totpCode: ann.code() } }));
    expect(client.token).not.toBe(pending);
    expect(dataOf(await client.call('account.user')).username).toBe(ann.username);
  });

  it('reads balances to the last digit', async () => {
    const { balance } = dataOf(await client.call('wallet.balance', { query: { currency: 'USDT' } }));
    expect(balance.find(({ currency }) => currency === 'USDT')).toMatchObject({ available: '100', frozen: '0' });
  });

  it('sends money once, however often it asks', async () => {
    await steps.advance(STEP);
    const transfer = (twoFAcode: string) =>
      client.call('capital.wallet-operation', {
        body: {
          operation: 'TRANSFER',
          fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: '12.345678' }],
          receiver: ben.username,
          receiverEmail: ben.email,
          twoFAcode,
        },
        idempotencyKey: 'rent for may',
      });
    const first = await transfer(ann.code());
    const again = await transfer('000000');
    expect([first, again]).toMatchObject([
      { ok: true, replayed: false },
      { ok: true, replayed: true },
    ]);
    expect(dataOf(again)).toBe(dataOf(first));
    const { balance } = dataOf(await client.call('wallet.balance'));
    expect(balance.find(({ currency }) => currency === 'USDT')).toMatchObject({
      available: '87.654322',
      frozen: '12.345678',
    });
    const link = await steps.linkOf(ann, '12.345678');
    expect((await steps.get(link, client.token ?? '')).status).toBe(302);
    const id = z.string().parse(dataOf(first));
    dataOf(await client.call('capital.transfer-confirm', { query: { balance_audit_id: id } }));
    const { data: rows } = dataOf(await client.call('wallet.history-list', { query: { auditIds: id } }));
    expect(rows).toMatchObject([{ auditId: id, amount: '12.345678', status: 10 }]);
  });

  it('is told what is wrong with a request', async () => {
    const refused = await client.call('capital.wallet-operation', {
      body: { operation: 'CONVERT', fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: '0' }], toAsset: 'TWD' },
    });
    expect(refused).toMatchObject({ ok: false, status: 400, code: -2, data: null });
  });

  it('may leave out a body of which nothing is needed', async () => {
    expect(dataOf(await client.call('account.bank-accounts', { body: {} }))).toEqual([]);
  });

  it('makes a key, whose requests all pass, also many of one moment', async () => {
    await steps.advance(STEP);
    const { apiKey, secret } = await steps.keyOf(client, ann.code(), ['read']);
    const ahead = dataOf(await client.call('service.time')) - Date.now();
    const clock = { now: () => Date.now() + ahead };
    const program = createClient({ baseUrl: live.stack.url, apiKey, secret, clock });
    expect(dataOf(await program.call('account.user')).username).toBe(ann.username);
    const results = await Promise.all(Array.from({ length: 30 }, () => program.call('account.vip-info')));
    expect(results.filter(({ ok }) => ok)).toHaveLength(30);
    expect(await program.call('capital.wallet-operation', { body: { operation: 'CONVERT' } })).toMatchObject({
      ok: false,
      status: 403,
    });
  });

  it('logs out', async () => {
    dataOf(await client.call('auth.logout'));
    expect(client.token).toBeUndefined();
    expect(await client.call('account.user')).toMatchObject({ ok: false, status: 401, code: 10002 });
  });
});
