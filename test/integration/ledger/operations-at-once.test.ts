import { afterAll, describe, expect, it } from '@jest/globals';
import { HOUSE_SPREAD } from '../../../shared/identity/user.ts';
import { convertPaid, spreadOf } from '../../../shared/ledger/conversion/conversion.ts';
import { parseRatio } from '../../../shared/ledger/conversion/ratio.ts';
import { useIdentity } from '../../support/identity.ts';
import { ledgerUseCases, unitsOf } from '../../support/ledger.ts';
import { ledgerContents } from '../../support/ledger-contents.ts';
import { createFaultLayer, type FaultLayer, type FaultOptions } from '../../support/ledger-faults/fault-layer.ts';
import { callerAs, walletOperationUseCases } from '../../support/wallet-operations.ts';
import type { TestClock } from '../../support/test-platform.ts';

const AT_ONCE = 200;

/** A client has 50 sockets, and its calls wait a second for one. */
const CLIENTS = 25;

/** Of those who convert, as many do it twice at once. */
const TWICE = 20;

/**
 * Of those who convert, transactions that begin together shall overlap and last beyond the engine's own time; of payments
 * from one balance each waits for the others, so they shall be short.
 */
const OVERLAPPING = { holdMs: 50, lanes: 24 };
const SHORT = { holdMs: 2, lanes: 8 };

/** For machines that do much else. */
const TIMEOUT_MS = 180_000;

const CONVERT = {
  operation: 'CONVERT',
  fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: '3.333333' }],
  toAsset: 'BTC',
};

const PAY = {
  operation: 'PAY_FOR_SERVICE',
  receiver: 'other-shop',
  fromWallet: [{ wallet: 'SPOT@', asset: 'TWD' }],
  toAsset: 'TWD',
  toAmount: 100,
};

/** A clock that shows no time twice. */
const ticking = (clock: TestClock): TestClock => ({
  ...clock,
  now: () => {
    clock.advance(1);
    return clock.now();
  },
});

describe('many operations at once', () => {
  const identity = useIdentity();
  const layers: FaultLayer[] = [];
  afterAll(() => {
    for (const layer of layers) layer.close();
  });

  const setUp = (overlap: Pick<FaultOptions, 'holdMs' | 'lanes'>) => {
    const { resources, engine } = identity();
    const faults = createFaultLayer({ endpoint: engine.endpoint, seed: 1, ...overlap });
    layers.push(faults);
    const clients = Array.from({ length: CLIENTS }, () => faults.client());
    return {
      faults,
      /** As many functions as that serve the callers. */
      clientOf: (index: number) => ({ client: clients[index % CLIENTS] ?? resources.client }),
      // Records of one millisecond draw the same id now and then, and then meet at all of their items.
      ...walletOperationUseCases({ ...resources, clock: ticking(resources.clock) }),
      ...ledgerUseCases(identity()),
      ...ledgerContents(resources.client),
    };
  };

  it(
    `of ${AT_ONCE} users who convert, none meets another at a house account`,
    async () => {
      const { faults, clientOf, operate, setPrices, fundAll, holdings, houseBalances } = setUp(OVERLAPPING);
      await setPrices({ USDT: '32.1', BTC: '2750000.12345678' });
      const callers = Array.from({ length: AT_ONCE }, () => callerAs());
      await fundAll(
        callers.map(({ user }) => user.userId),
        'USDT',
        '10',
      );
      const answers = await Promise.all(
        callers
          .flatMap((caller, index) => (index < TWICE ? [caller, caller] : [caller]))
          .map((caller, index) => operate(caller, CONVERT, clientOf(index))),
      );
      expect(answers.filter(({ ok }) => !ok)).toEqual([]);
      // They did overlap, and the two of one user met each other; nobody met at what everybody writes to.
      expect(faults.peak()).toBeGreaterThan(5);
      expect(faults.counts.met.get('USER/ACCOUNT')).toBeGreaterThan(0);
      expect([...faults.counts.met.keys()].filter((sort) => sort.startsWith('HOUSE'))).toEqual([]);
      const each = convertPaid(
        {
          from: { asset: 'USDT', price: parseRatio('32.1') },
          to: { asset: 'BTC', price: parseRatio('2750000.12345678') },
          spread: spreadOf(HOUSE_SPREAD),
        },
        unitsOf('USDT', '3.333333'),
      );
      const all = BigInt(AT_ONCE + TWICE);
      const held = await houseBalances();
      expect(held('clearing', 'USDT')).toBe(each.paid * all);
      expect(held('clearing', 'BTC')).toBe(-each.received * all);
      expect(held('spread', 'TWD')).toBe(each.spread * all);
      const left = await Promise.all(callers.map(async ({ user }) => (await holdings(user.userId, 'USDT')).available));
      expect(left).toEqual(callers.map((_caller, index) => (index < TWICE ? '3.333334' : '6.666667')));
    },
    TIMEOUT_MS,
  );

  it(
    `of ${AT_ONCE} payments of the whole balance one succeeds, and the others answer 8`,
    async () => {
      const { operate, clientOf, keepUser, fund, holdings, houseBalances, rows } = setUp(SHORT);
      const caller = callerAs();
      await keepUser(caller);
      await fund(caller.user.userId, 'TWD', '100');
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) => operate(caller, PAY, clientOf(index))),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const refusals = answers.filter(({ ok }) => !ok);
      expect(refusals).toEqual(refusals.map(() => ({ ok: false, code: 'INSUFFICIENT_BALANCE' })));
      expect(await holdings(caller.user.userId, 'TWD')).toEqual({ available: '0', frozen: '0' });
      expect((await houseBalances())('service:other-shop', 'TWD')).toBe(10_000n);
      expect(await rows(caller.user.userId)).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  it('of payments that another split can still cover, as many succeed as there is money for', async () => {
    const { operate, clientOf, keepUser, setPrices, fund, holdings } = setUp(SHORT);
    identity().clock.advance(1);
    await setPrices({ USDT: '30', BTC: '3000000' });
    const caller = callerAs({ spread: '0' });
    await keepUser(caller);
    await fund(caller.user.userId, 'TWD', '100');
    // Three times what 100 TWD cost, rounded up.
    await fund(caller.user.userId, 'USDT', '10.000002');
    const mixed = { ...PAY, fromWallet: [...PAY.fromWallet, { wallet: 'SPOT@', asset: 'USDT' }] };
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => operate(caller, mixed, clientOf(index))));
    expect(answers.map((answer) => (answer.ok ? 'paid' : answer.code)).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'INSUFFICIENT_BALANCE'),
      ...Array.from({ length: 4 }, () => 'paid'),
    ]);
    expect((await holdings(caller.user.userId, 'TWD')).available).toBe('0');
    expect((await holdings(caller.user.userId, 'USDT')).available).toBe('0');
  });
});
