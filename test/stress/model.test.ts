import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Engine, startEngine } from '../support/engine.ts';
import { createFaultLayer } from '../support/ledger-faults/fault-layer.ts';
import type { FaultRates } from '../support/ledger-faults/draws.ts';
import { readEverything } from '../support/ledger-run/everything.ts';
import { judge } from '../support/ledger-run/judge.ts';
import { type ModelResult, modelOf, newModel } from '../support/ledger-run/model.ts';
import { reportRun, runSeed, sized } from '../support/ledger-run/soak.ts';
import { createSystem, SERVICE_ACCOUNT, type System } from '../support/ledger-run/system.ts';
import { testClock } from '../support/test-platform.ts';

const USERS = 3;
const MINUTE = 60_000;

const user = fc.nat(USERS - 1);
/** Up to 20 USDT, small ones often: some convert to nothing, some are more than there is. */
const amount = fc.oneof(fc.bigInt(1n, 20_000n), fc.bigInt(1n, 20_000_000n));
/** Which of the transfers that were made so far. */
const which = fc.nat(7);

const operation = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), user, amount }),
  fc.record({ kind: fc.constant('send' as const), user, to: fc.integer({ min: 1, max: USERS - 1 }), amount }),
  fc.record({
    kind: fc.constant('step' as const),
    which,
    event: fc.constantFrom('email-confirm' as const, 'confirm' as const, 'cancel' as const, 'expire' as const),
  }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 15, 31) }),
  fc.record({ kind: fc.constant('convert' as const), user, amount }),
  fc.record({ kind: fc.constant('pay' as const), user, amount }),
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
/** Everybody begins with 10 USDT. */
const FIRST = Array.from({ length: USERS }, (_, index): Operation => ({
  kind: 'deposit',
  user: index,
  amount: 10_000_000n,
}));

type Model = ReturnType<typeof newModel>;

/** Asks both for the same thing. */
const ask = async (one: Operation, system: System, model: Model): Promise<readonly (ModelResult | undefined)[]> => {
  const expected = modelOf(model);
  const { clock } = system;
  clock.advance(1);
  switch (one.kind) {
    case 'deposit':
      await system.deposit(one.user, one.amount);
      return ['ok', expected.deposit(one.user, one.amount)];
    case 'send': {
      const to = (one.user + one.to) % USERS;
      return [await system.send(one.user, to, one.amount), expected.send(one.user, to, one.amount, clock.now())];
    }
    case 'step': {
      if (model.transfers.length === 0) return [];
      const index = one.which % model.transfers.length;
      return [await system.step(index, one.event), expected.step(index, one.event, clock.now())];
    }
    case 'wait':
      clock.advance(one.minutes * MINUTE);
      return [];
    case 'convert':
      return [await system.convert(one.user, one.amount), expected.convert(one.user, one.amount)];
    case 'pay':
      break;
  }
  return [await system.pay(one.user, one.amount), expected.pay(one.user, one.amount)];
};

const seed = runSeed();

describe(`sequences of all operations against a model (SEED=${seed})`, () => {
  let engine: Engine;
  let paid = 0n;
  const clock = testClock();
  const results = new Map<string, number>();
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(async () => {
    await engine.stop();
  });

  const run = async (operations: readonly Operation[], rates: FaultRates, layerSeed: number): Promise<number> => {
    const layer = createFaultLayer({ endpoint: engine.endpoint, seed: layerSeed, holdMs: 0, rates });
    try {
      const system = await createSystem({ engine, layer, users: USERS, clock });
      const model = newModel(USERS);
      for (const [index, one] of [...FIRST, ...operations].entries()) {
        const [got, expected] = await ask(one, system, model);
        expect({ index, one, result: got }).toEqual({ index, one, result: expected });
        results.set(`${one.kind} ${got}`, (results.get(`${one.kind} ${got}`) ?? 0) + 1);
        const state = { usdt: model.usdt, twd: model.twd, statuses: model.transfers.map(({ status }) => status) };
        expect({ index, one, state: await system.state() }).toEqual({ index, one, state });
      }
      paid += model.paid;
      return [...layer.counts.struck.values()].reduce((sum, times) => sum + times, 0);
    } finally {
      layer.close();
    }
  };

  const sequences = (length: number) => fc.array(operation, { minLength: length / 2, maxLength: length, size: 'max' });

  it(
    'come to the same results, balances and states at every step',
    async () => {
      const property = fc.asyncProperty(sequences(40), async (operations) => {
        await run(operations, { refused: 0, lost: 0 }, 0);
      });
      await fc.assert(property, { seed, numRuns: sized(8, 200), endOnFailure: true });
      reportRun('model', seed, Object.fromEntries(results));
      // Each operation was done, and was refused, at least once: else the sequences are too tame.
      for (const kind of ['send', 'convert', 'pay']) expect(results.get(`${kind} insufficient`)).toBeGreaterThan(0);
      for (const kind of ['send', 'convert', 'pay', 'step']) expect(results.get(`${kind} ok`)).toBeGreaterThan(0);
      expect(results.get('step refused')).toBeGreaterThan(0);
    },
    sized(120_000, 1_800_000),
  );

  it(
    'come to the same where calls conflict, fail and lose their answers',
    async () => {
      let struck = 0;
      const property = fc.asyncProperty(sequences(20), fc.nat(), async (operations, layerSeed) => {
        struck += await run(operations, { refused: 0.2, lost: 0.1, writesOnly: true }, layerSeed);
      });
      await fc.assert(property, { seed, numRuns: sized(2, 40), endOnFailure: true });
      expect(struck).toBeGreaterThan(0);
    },
    sized(120_000, 1_800_000),
  );

  it('leave a ledger in which every entry is accounted for', async () => {
    const everything = await readEverything(engine.client);
    expect(judge(everything)).toEqual([]);
    const service = everything.entries.filter(({ pk }) =>
      pk.startsWith(`HOUSE#${SERVICE_ACCOUNT.name}#${SERVICE_ACCOUNT.asset}#`),
    );
    expect(service.reduce((sum, { value }) => sum + value.amount, 0n)).toBe(paid);
  });
});
