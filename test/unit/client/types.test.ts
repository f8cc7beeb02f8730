import { describe, expect, it } from '@jest/globals';
import { createClient, type Failure, type Input, type Success } from '../../../shared/client/client.ts';
import { fakeApi } from '../../support/fake-api.ts';

type Same<A, B> = [A, B] extends [B, A] ? true : false;

const same = <A, B>(...[isSame]: Same<A, B> extends true ? [] : ['these types differ']): boolean =>
  isSame === undefined;

type Balance = Success<'wallet.balance'>['data'];

const { fetch } = fakeApi({});
const session = createClient({ baseUrl: 'https://api.example.com', fetch });
const key = createClient({ baseUrl: 'https://api.example.com', apiKey: 'key', secret: 'secret', fetch });

// The compiler is what tests here: `npm run types` fails where an expected error is none.
describe('the types of the client', () => {
  it('have exact decimals as strings', () => {
    expect(same<Balance['total'], string | null>()).toBe(true);
    expect(same<Balance['balance'][number]['convertRate'], string | null>()).toBe(true);
    expect(same<Success<'service.time'>['data'], number>()).toBe(true);
    expect(same<Extract<Success<'capital.wallet-operation'>['data'], string | number>, string>()).toBe(true);
  });

  it('send amounts and second factors as strings', () => {
    type Operation = Input<'capital.wallet-operation'>['body'];
    expect(same<Operation['toAmount'], string | undefined>()).toBe(true);
    expect(same<Operation['twoFAcode'], string | undefined>()).toBe(true);
  });

  it('ask for what an endpoint needs, and for nothing else', async () => {
    await session.call('account.user');
    await session.call('wallet.balance', { query: { currency: 'TWD' } });
    // @ts-expect-error No such currency.
    await session.call('wallet.balance', { query: { currency: 'XYZ' } });
    // @ts-expect-error It needs a body.
    await session.call('auth.login');
    // @ts-expect-error It takes no body.
    await session.call('auth.logout', { body: {} });
    // @ts-expect-error It takes no idempotency key.
    await session.call('account.user', { idempotencyKey: 'k' });
    // @ts-expect-error There is no such endpoint.
    await expect(session.call('account.nothing')).rejects.toThrow('There is no "account.nothing" in the API.');
  });

  it('let keys call what keys may', async () => {
    await key.call('account.user');
    await key.call('landing.all-tickers');
    // @ts-expect-error It needs a session.
    await key.call('account.sessions');
  });

  it('tell what stands beside a failure', () => {
    expect(same<Failure<'auth.login'>['data'], { readonly wrongTime: number } | null>()).toBe(true);
    expect(same<Failure<'account.user'>['data'], null>()).toBe(true);
  });
});
