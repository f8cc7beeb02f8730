import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../../support/identity.ts';
import { signedCalls } from '../../../support/signed-calls.ts';

const OPERATION = '/v1/capital/wallet/operation';

describe('the scopes of a key', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  it('open what takes them, and 403 names the one that is missing', async () => {
    const { freshKey, signed, userContainer, bankContainer } = calls();
    const reader = await freshKey({ scopes: ['read'] });
    const trader = await freshKey({ scopes: ['trade', 'pay'] });
    const bank = { method: 'POST', path: '/v1/user/bank_accounts', body: '{"currency":"TWD"}' } as const;
    expect(await signed(userContainer(), reader)).toMatchObject({ status: 200 });
    expect(await signed(bankContainer(), reader, bank)).toMatchObject({ status: 200 });
    for (const refused of [
      await signed(userContainer(), trader),
      await signed(bankContainer(), trader, bank),
      await signed(bankContainer(), trader, { ...bank, body: 'no JSON' }),
    ]) {
      expect(refused).toMatchObject({ status: 403, code: -403, msg: expect.stringContaining('read') });
    }
  });

  it.each([
    ['CONVERT', 'trade'],
    ['PAY_FOR_SERVICE', 'pay'],
    ['PRE_PAY_FOR_SERVICE', 'read'],
    ['GET_BALANCE_IN_QUOTE', 'read'],
  ] as const)('let %s through with %s, and with no other', async (operation, scope) => {
    const { freshKey, signed, operationContainer } = calls();
    const others = (['read', 'trade', 'pay'] as const).filter((one) => one !== scope);
    const body = JSON.stringify({ operation });
    const send = async (scopes: readonly ('read' | 'trade' | 'pay')[]) =>
      signed(operationContainer(), await freshKey({ scopes: [...scopes] }), { method: 'POST', path: OPERATION, body });
    expect(await send([scope])).toMatchObject({ status: 200 });
    expect(await send(others)).toMatchObject({ status: 403, code: -403, msg: expect.stringContaining(scope) });
  });

  it('let nothing else through: no transfer, in whatever spelling, and nothing unheard of', async () => {
    const { freshKey, signed, operationContainer } = calls();
    const key = await freshKey({ scopes: ['read', 'trade', 'pay'] });
    const handler = operationContainer();
    const send = (body: string) => signed(handler, key, { method: 'POST', path: OPERATION, body });
    for (const operation of ['TRANSFER', 'transfer', 'TRANSFER ', 'convert', 'toString', '__proto__', 'OTHER', '']) {
      const answer = await send(JSON.stringify({ operation }));
      expect(answer).toMatchObject({ status: 403, code: -403, msg: expect.stringContaining('operation') });
    }
    // The last of several fields of one name is the one that counts, for the scope and for what is done.
    expect(await send('{"operation":"CONVERT","operation":"TRANSFER"}')).toMatchObject({ status: 403 });
    expect(await send('{"\\u006fperation":"TRANSFER"}')).toMatchObject({ status: 403 });
    for (const body of ['{}', '[]', 'null', '{"operation":1}', '{"operation":["TRANSFER"]}']) {
      expect(await send(body)).toMatchObject({ status: 400 });
    }
  });

  it('are asked only of keys', async () => {
    const { freshKey, call, operationContainer } = calls();
    const { holder } = await freshKey();
    const headers = { token: holder.token, 'content-type': 'application/json' };
    const body = JSON.stringify({ operation: 'TRANSFER' });
    const answer = await call(operationContainer(), { method: 'POST', path: OPERATION, body, headers });
    expect(answer).toMatchObject({ status: 200 });
  });
});

describe('the addresses of a key', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  it('are those that the gateway saw, whatever a header says; others get 403 after a right signature only', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey({ ipAllowlist: ['198.51.100.0/24', '2001:db8::/32'] });
    const handler = userContainer();
    const from = (sourceIp: string, secret = key.secret) =>
      signed(handler, { ...key, secret }, { sourceIp, headers: { 'x-forwarded-for': '198.51.100.7' } });
    for (const sourceIp of ['198.51.100.7', '::ffff:198.51.100.8', '2001:db8::7']) {
      expect(await from(sourceIp)).toMatchObject({ status: 200 });
      identity().clock.advance(1);
    }
    for (const sourceIp of ['192.0.2.1', '::ffff:192.0.2.1', '2001:db9::7', '', 'unknown']) {
      expect(await from(sourceIp, 'wrong')).toMatchObject({ status: 401, code: -401 });
      const refused = { status: 403, code: -403, msg: expect.stringContaining(sourceIp) };
      expect(await from(sourceIp)).toMatchObject(refused);
      identity().clock.advance(1);
    }
  });
});
