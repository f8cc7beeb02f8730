import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AssetName } from '../../../shared/contracts/assets.ts';
import { openTransfer, stepTransfer } from '../../../shared/ledger/transfer/commands.ts';
import type { Step } from '../../../shared/ledger/transfer/writes.ts';
import type { Transfer } from '../../../shared/ledger/transfer/transfer.ts';
import type { Units } from '../../../shared/ledger/units.ts';
import { asStored, type Stored } from '../../../shared/ledger/verify/check.ts';
import { cursorText, parseCursor } from '../../../shared/ledger/verify/cursor.ts';
import { mergeSums, noSums } from '../../../shared/ledger/verify/sums.ts';
import { type Checked, noneChecked, verifyPart } from '../../../shared/ledger/verify/verify.ts';
import type { Problem } from '../../../shared/ledger/verify/problem.ts';
import { LEDGER_CHECKED } from '../../../shared/contracts/ledger-problems.ts';
import { HOUR, MINUTE } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { type Engine, testTable } from '../engine.ts';
import { testClock } from '../test-platform.ts';
import { bookingsOf } from './bookings.ts';

const TableName = testTable('ledger');

/**
 * A ledger of a test: users with money, what they do, and what verifying finds.
 *
 * @param random - makes the ids, and so the order that items are stored in.
 */
export const ledgerWorld = (engine: Engine, random = systemRandom) => {
  const { client } = engine;
  const clock = testClock();
  const table = createTable(client, TableName);
  const commit = createCommit(client, random);
  const platform = { clock, random, commit, tables: { ledger: table } };

  const bookings = bookingsOf(platform);

  const fund = async (userId: string, asset: AssetName, amount: Units): Promise<void> => {
    clock.advance(1);
    if (!(await bookings.bookTreasury('deposit', userId, asset, amount))) throw new Error('A deposit was refused.');
  };

  /** Everything that is booked at once, for one user who has enough. */
  const bookAll = async (userId: string): Promise<void> => {
    const { bookTreasury, convert, pay } = bookings;
    const steps = [
      () => bookTreasury('adjustment', userId, 'TWD', 500n),
      () => bookTreasury('adjustment', userId, 'BTC', -7n),
      () => convert(userId, 'TWD', 'BTC', 1_000n),
      () => convert(userId, 'BTC', 'TWD', 5_000n),
      () => convert(userId, 'BTC', 'USDT', 3_000n),
      () => pay(userId, 300n, 'BTC', 2_000n),
    ];
    for (const [index, book] of steps.entries()) {
      clock.advance(1);
      if (!(await book())) throw new Error(`Booking ${index} of ${userId} was refused.`);
    }
  };

  const partyOf = (userId: string) =>
    ({ userId, username: userId, email: `${userId}@example.com`, locale: 'en' }) as const;

  /** @returns `undefined` when there is too little money. */
  const open = async (from: string, to: string, asset: AssetName, amount: Units): Promise<Transfer | undefined> => {
    const order = { sender: partyOf(from), receiver: partyOf(to), asset, amount };
    const opened = await openTransfer(platform, order, () => ({}));
    return opened.ok ? opened.transfer : undefined;
  };

  const step = async (transfer: Transfer, ...events: readonly Step[]): Promise<Transfer> => {
    let present = transfer;
    for (const event of events) {
      if (event === 'expire') clock.advance(31 * MINUTE);
      const stepped = await stepTransfer(platform, present, event, () => ({}));
      if (stepped.outcome !== 'done') throw new Error(`${event} was ${stepped.outcome}.`);
      present = stepped.transfer;
    }
    return present;
  };

  const everything = async (): Promise<readonly Stored[]> => {
    const items: Stored[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      items.push(...(page.Items ?? []).map(asStored));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  };

  /** A whole pass, in parts of so many items, each going on from the text of a cursor. */
  const verify = async (items = 1_000_000, over = platform) => {
    const problems: Problem[] = [];
    const checked: Checked = noneChecked();
    const sums = noSums();
    let parts = 0;
    for (let from: ReturnType<typeof parseCursor>; ;) {
      const bounds = { until: Infinity, items, problems: 1000 };
      const part = await verifyPart(over, from, bounds);
      parts += 1;
      problems.push(...part.problems);
      for (const name of LEDGER_CHECKED) checked[name] += part.checked[name];
      mergeSums(sums, part.sums);
      if (!part.next) return { problems, checked, sums, parts };
      from = parseCursor(cursorText(part.next));
      if (!from) throw new Error('A cursor cannot be read back.');
    }
  };

  return {
    clock,
    table,
    commit,
    platform,
    ...bookings,
    fund,
    bookAll,
    open,
    step,
    everything,
    verify,
    put: async (item: Stored): Promise<void> => void (await client.send(new PutCommand({ TableName, Item: item }))),
    /** Three users in two assets, `transfers` in every state and everything else for each ten of them, some days apart. */
    populate: async (name: string, transfers: number): Promise<readonly Transfer[]> => {
      const users = [0, 1, 2].map((index) => `${name}-${index}`);
      for (const user of users) for (const asset of ['TWD', 'BTC'] as const) await fund(user, asset, 1_000_000n);
      const paths: readonly (readonly Step[])[] = [
        ['email-confirm', 'confirm'],
        ['cancel'],
        ['expire'],
        ['email-confirm'],
        [],
        ['email-confirm', 'cancel'],
      ];
      const made: Transfer[] = [];
      for (let index = 0; index < transfers; index += 1) {
        const [from = '', to = ''] = [users[index % 3], users[(index + 1) % 3]];
        const opened = await open(from, to, index % 4 === 0 ? 'BTC' : 'TWD', BigInt(index + 1));
        if (!opened) throw new Error('There is too little money.');
        made.push(await step(opened, ...(paths[index % paths.length] ?? [])));
        if (index % 10 === 0) await bookAll(from);
        if (index % 5 === 0) clock.advance(7 * HOUR);
      }
      return made;
    },
  };
};
