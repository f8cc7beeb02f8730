import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ledgerReconciler } from '../../../shared/contracts/jobs.ts';
import { accountKey, available } from '../../../shared/ledger/account.ts';
import { readReconciler, reconcile } from '../../../shared/ledger/verify/reconcile.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';
import { testClock, testInbox, testJobFoundation, type TestResources } from '../../support/test-platform.ts';

let engine: Engine;
let resources: TestResources;

beforeAll(async () => {
  engine = await startEngine();
  resources = { client: engine.client, clock: testClock(), inbox: testInbox(), lines: [] };
  await ledgerWorld(engine).populate('user', 12);
});
afterAll(() => engine.stop());

const run = (items?: number) =>
  reconcile(testJobFoundation(ledgerReconciler, resources).platform, items === undefined ? {} : { items });

const state = () => readReconciler(testJobFoundation(ledgerReconciler, resources).platform);

const changeBalance = (by: number) =>
  engine.client.send(
    new UpdateCommand({
      TableName: testTable('ledger'),
      Key: { ...accountKey(available('user-1', 'TWD')) },
      UpdateExpression: 'SET balance = balance + :by',
      ExpressionAttributeValues: { ':by': by },
    }),
  );

it('goes on where it stopped, and keeps the result of each whole pass', async () => {
  const startedAt = resources.clock.now();
  let items = 0;
  for (let ended = 0; ended === 0;) {
    const report = await run(20);
    expect(report.items).toBeLessThanOrEqual(20);
    items += report.items;
    ended = report.endedPasses;
    const cursor = (await state())?.cursor ?? null;
    expect(cursor === null).toBe(ended === 1);
    resources.clock.advance(300_000);
  }
  expect(items).toBeGreaterThan(100);
  const last = { startedAt, endedAt: resources.clock.now() - 300_000, items, problems: 0 };
  expect(await state()).toMatchObject({ cursor: null, last });
  expect(resources.lines).toEqual([]);
});

it('logs what is wrong once a pass, by kind and place, and counts it', async () => {
  await changeBalance(7);
  const report = await run();
  expect(report).toMatchObject({ problems: 1, endedPasses: 1, unsettled: 0 });
  expect(resources.lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: 'error',
      message: 'LEDGER_PROBLEM',
      problem: 'balance-differs',
      where: 'USER#user-1 / ACCOUNT#TWD#available',
    }),
  ]);
  expect((await state())?.last).toMatchObject({ problems: 1 });
  await changeBalance(-7);
  expect(await run()).toMatchObject({ problems: 0 });
  expect((await state())?.last).toMatchObject({ problems: 0 });
});

it('keeps one of two runs at once', async () => {
  const before = (await state())?.run ?? 0;
  const reports = await Promise.all([run(), run()]);
  expect(reports.reduce((sum, { endedPasses }) => sum + endedPasses, 0)).toBe(1);
  expect((await state())?.run).toBe(before + 1);
});
