import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { damage, DAMAGES, drawDamages } from '../../support/ledger-verify/damages.ts';
import { pick } from '../../support/ledger-verify/victim.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';
import { runSeed, sized } from '../../support/ledger-run/soak.ts';
import { seededRandom, seededRandomInt } from '../../support/seeded-random.ts';
import { placeOf } from '../../../shared/ledger/verify/problem.ts';
import { cursorText, parseCursor } from '../../../shared/ledger/verify/cursor.ts';
import { verifyPart } from '../../../shared/ledger/verify/verify.ts';
import { MINUTE } from '../../../shared/platform/clock.ts';
import { createTable, type QuerySpec } from '../../../shared/platform/table.ts';

const SEED = runSeed();

let engine: Engine;
let world: ReturnType<typeof ledgerWorld>;

beforeAll(async () => {
  engine = await startEngine();
  world = ledgerWorld(engine, seededRandom(SEED));
  await world.populate('user', 60);
});
afterAll(() => engine.stop());

describe('a ledger that nobody touched', () => {
  it('has nothing wrong, and what users have is what the house took in', async () => {
    const { problems, checked, sums } = await world.verify();
    expect(problems).toEqual([]);
    expect(checked).toMatchObject({
      items: expect.any(Number),
      accounts: 15,
      entries: 368,
      journals: 142,
      transfers: 60,
    });
    expect(checked).toMatchObject({ expiries: 20, rows: 124, unsettled: 0 });
    expect(Object.values(sums).map(({ users, house }) => users + house)).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect([sums.TWD.users > 2_000_000n, sums.USDT.users > 0n, sums.ETH.users]).toEqual([true, true, 0n]);
  });

  it('is read once: nothing has to be looked at again', async () => {
    const client = documentClientFor(engine.endpoint);
    const calls = recordCalls(client);
    await world.verify(1_000_000, { ...world.platform, tables: { ledger: createTable(client, testTable('ledger')) } });
    expect(new Set(calls.map(({ operation }) => operation))).toEqual(new Set(['Scan', 'BatchGetItem']));
    client.destroy();
  });

  it.each([3, 40, 300])('has nothing wrong in parts of %i items either', async (items) => {
    const { problems, checked, parts } = await world.verify(items);
    expect(problems).toEqual([]);
    expect(parts).toBeGreaterThanOrEqual(Math.ceil(checked.items / items));
    expect(checked.transfers).toBe(60);
  });
});

const CONFIRMED = ['email-confirm', 'confirm'] as const;

const TIMES = sized(5, 100);

it(
  `damage of every kind is found, ${TIMES} of ${TIMES} times (SEED=${SEED})`,
  async () => {
    const draw = seededRandomInt(SEED);
    const items = await world.everything();
    const names = Object.keys(DAMAGES);
    const found = new Map(names.map((name) => [name, 0]));
    const missed: unknown[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const damages = drawDamages({ items, draw });
      const repair = await damage(engine, items, [...damages.values()]);
      const { problems } = await world.verify(time % 3 === 0 ? 150 + draw(300) : undefined);
      for (const [name, { at, expected }] of damages) {
        const own = problems.filter(({ where }) => where === placeOf(at));
        if (own.some(({ kind }) => expected.includes(kind))) found.set(name, (found.get(name) ?? 0) + 1);
        else missed.push({ name, at, own });
      }
      await repair();
    }
    expect(missed).toEqual([]);
    expect(found).toEqual(new Map(names.map((name) => [name, TIMES])));
    expect((await world.verify()).problems).toEqual([]);
  },
  sized(120_000, 3_600_000),
);

/** Books something at once for a user, if there is enough. */
const someBooking = (userId: string, draw: (most: number) => number): Promise<boolean> =>
  pick(
    [
      () => world.bookTreasury('deposit', userId, 'BTC', BigInt(1 + draw(50))),
      () => world.bookTreasury('adjustment', userId, 'TWD', -BigInt(1 + draw(50))),
      () => world.convert(userId, 'TWD', 'BTC', BigInt(1_000 + draw(50))),
      () => world.convert(userId, 'BTC', 'USDT', BigInt(500 + draw(50))),
      () => world.pay(userId, BigInt(1 + draw(50)), 'BTC', BigInt(500 + draw(50))),
    ],
    draw,
  )();

describe('a ledger in use', () => {
  it(
    'raises no false alarm, whatever is verified while money moves',
    async () => {
      const users = Array.from({ length: 8 }, (_, index) => `busy-${index}`);
      for (const user of users) for (const asset of ['TWD', 'BTC'] as const) await world.fund(user, asset, 1_000_000n);
      const draw = seededRandomInt(SEED);
      const stop = new AbortController();
      let moved = 0;
      let booked = 0;
      const work = async (): Promise<void> => {
        while (!stop.signal.aborted) {
          const from = draw(8);
          world.clock.advance(1);
          const opened = await world.open(`busy-${from}`, `busy-${(from + 1) % 8}`, 'TWD', BigInt(1 + draw(50)));
          if (opened) await world.step(opened, ...(draw(2) === 0 ? (['cancel'] as const) : CONFIRMED));
          if (draw(3) === 0) booked += Number(await someBooking(`busy-${from}`, draw));
          moved += 1;
          await sleep(draw(30));
        }
      };
      const workers = Array.from({ length: 4 }, work);
      const problems: unknown[] = [];
      let accounts = 0;
      let unsettled = 0;
      for (let pass = 0; pass < sized(4, 10); pass += 1) {
        const verified = await world.verify(pass % 2 === 0 ? 200 : undefined);
        problems.push(...verified.problems);
        accounts += verified.checked.accounts;
        unsettled += verified.checked.unsettled;
      }
      stop.abort();
      await Promise.all(workers);
      expect(problems).toEqual([]);
      expect(moved).toBeGreaterThan(10);
      expect(booked).toBeGreaterThan(3);
      expect(unsettled).toBeLessThan(accounts / 2);
      const { problems: left, checked } = await world.verify();
      expect({ left, unsettled: checked.unsettled }).toEqual({ left: [], unsettled: 0 });
    },
    sized(120_000, 3_600_000),
  );

  it('is read anew from its last minute on, however many entries an account has that is never still', async () => {
    const [trader, entries] = ['trader', 40];
    for (let made = 0; made < entries; made += 1) await world.fund(trader, 'TWD', 10n);
    world.clock.advance(2 * MINUTE);
    const read: number[] = [];
    const query = async (spec: QuerySpec) => {
      const items = await world.table.query(spec);
      if (spec.sortPrefix.startsWith('ENTRY#')) read.push(items.length);
      return items;
    };
    const platform = { ...world.platform, tables: { ledger: { ...world.table, query } } };
    const problems: unknown[] = [];
    let moved = 0;
    for (let from: ReturnType<typeof parseCursor>; ;) {
      const items = from?.tally?.userId === trader ? 7 : 30;
      const part = await verifyPart(platform, from, { until: Infinity, items, problems: 1000 });
      problems.push(...part.problems);
      if (!part.next) break;
      const [isPassed, { sk }] = [part.next.tally?.userId === trader, part.next.after];
      if (isPassed && sk >= 'ENTRY#') await world.fund(trader, 'TWD', 1n);
      if (isPassed && sk.startsWith('ENTRY#')) moved += 1;
      from = parseCursor(cursorText(part.next));
    }
    expect(problems).toEqual([]);
    expect(moved).toBeGreaterThan(0);
    // What came while its entries passed, and the entry before.
    expect(read).toEqual([moved + 1]);
  });
});
