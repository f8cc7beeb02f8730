import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import * as z from 'zod';
import { ROOT } from '../../../infra/bundles.ts';
import { verifyCopy } from '../../../infra/verify-copy.ts';
import { accountKey, available } from '../../../shared/ledger/account.ts';
import { transferKey } from '../../../shared/ledger/transfer/transfer.ts';
import type { Stored } from '../../../shared/ledger/verify/check.ts';
import { placeOf } from '../../../shared/ledger/verify/problem.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';

let engine: Engine;
let moments: Awaited<ReturnType<typeof makeMoments>>;

beforeAll(async () => {
  engine = await startEngine();
  moments = await makeMoments();
});

afterAll(async () => {
  await engine.stop();
});

const keyOf = ({ pk, sk }: Stored): string => placeOf({ pk, sk });

/** A table under a new name that holds these items, as a restore makes one. */
const restored = async (name: string, items: readonly Stored[]): Promise<string> => {
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await engine.client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [string('pk'), string('sk')],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await Promise.all(items.map((Item) => engine.client.send(new PutCommand({ TableName: name, Item }))));
  return name;
};

/** A ledger at two moments, between which one transfer was confirmed and nothing else happened. */
const makeMoments = async () => {
  const world = ledgerWorld(engine);
  await world.populate('world', 2);
  const opened = await world.open('world-0', 'world-1', 'TWD', 777n);
  if (!opened) throw new Error('There is too little money.');
  const waiting = await world.step(opened, 'email-confirm');
  const before = await world.everything();
  await world.step(waiting, 'confirm');
  const after = await world.everything();
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const written = after.filter((item) => !isDeepStrictEqual(old.get(keyOf(item)), item));
  return { transfer: opened, before, after, written };
};

const ended = z.object({ code: z.int(), stdout: z.string(), stderr: z.string() });

/** What docs/runbooks.md has people run, with credentials of nobody. */
const command = async (...args: readonly string[]) => {
  const env = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' };
  const run = promisify(execFile)(process.execPath, [join(ROOT, 'infra/verify-copy.ts'), ...args], { env });
  return run.then(
    (given) => ended.parse({ code: 0, ...given }),
    (error: unknown) => ended.parse(error),
  );
};

describe('a restored copy of the ledger', () => {
  it('is proved under its new name where it is whole, and each write of a transaction that it lacks is found', async () => {
    const { before, after, written } = moments;
    expect(await verifyCopy(engine.client, await restored('copy-before', before))).toMatchObject({ problems: [] });
    const whole = await verifyCopy(engine.client, await restored('copy-after', after));
    expect(whole).toMatchObject({ problems: [] });
    expect(whole.checked.transfers).toBe(3);
    // Journal, two entries, two accounts, transfer, both rows, the receiver's count.
    expect(written.length).toBeGreaterThanOrEqual(8);
    const earlier = new Map(before.map((item) => [keyOf(item), item]));
    // At once, since each pass waits and looks again where something seems wrong.
    const missed = written.map(async (lacking, index) => {
      const items = after.flatMap((item) => (item === lacking ? (earlier.get(keyOf(item)) ?? []) : [item]));
      const { problems } = await verifyCopy(engine.client, await restored(`copy-half-${index}`, items));
      return problems.length === 0 ? [keyOf(lacking)] : [];
    });
    expect((await Promise.all(missed)).flat()).toEqual([]);
  });

  it('of two moments for two users names the transfer, and the account that does not equal its entries', async () => {
    const { transfer, before, after } = moments;
    const ofReceiver = ({ pk }: Stored): boolean => pk === 'USER#world-1';
    const mixed = [...after.filter((item) => !ofReceiver(item)), ...before.filter(ofReceiver)];
    const { problems } = await verifyCopy(engine.client, await restored('copy-of-two-moments', mixed));
    expect(problems.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['row-missing']));
    expect(problems.map(({ where }) => where)).toContain(placeOf(transferKey(transfer.id)));

    const account = accountKey(available('world-1', 'TWD'));
    const balanceOnly = after.map((item) =>
      keyOf(item) === placeOf(account) ? (before.find((one) => keyOf(one) === keyOf(item)) ?? item) : item,
    );
    const found = await verifyCopy(engine.client, await restored('copy-of-a-balance', balanceOnly));
    expect(found.problems.map(({ where }) => where)).toContain(placeOf(account));
  });

  it('is proved by the command of the runbook, which says in words what is wrong and ends accordingly', async () => {
    const { before, after } = moments;
    const region = ['--region', 'ap-northeast-1'];
    const at = [...region, '--endpoint', engine.endpoint];
    const ofReceiver = ({ pk }: Stored): boolean => pk === 'USER#world-1';
    const mixed = [...after.filter((item) => !ofReceiver(item)), ...before.filter(ofReceiver)];
    const [whole, half] = [await restored('told-whole', after), await restored('told-half', mixed)];
    const [good, bad, gone, nameless, misspelt] = await Promise.all([
      command('--table', whole, ...at),
      command('--table', half, ...at),
      command('--table', 'told-nowhere', ...at),
      command(...region),
      command('--tabel', whole, ...at),
    ]);
    expect(good).toEqual({ code: 0, stdout: expect.stringContaining('Nothing is wrong.'), stderr: '' });
    expect(bad).toEqual({
      code: 1,
      stdout: expect.stringMatching(/row-missing at .*\n\d+ problems\.\n$/s),
      stderr: '',
    });
    expect(gone).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^AWS refused: ResourceNotFoundException: .*\n$/),
    });
    expect(nameless).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Say which table: .*\n$/) });
    expect(misspelt).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Unknown option '--tabel'.*\nSay which/),
    });
  });
});
