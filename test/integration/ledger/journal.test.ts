import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountItem, accountKey, available, frozen, house } from '../../../shared/ledger/account.ts';
import { readBalances } from '../../../shared/ledger/balances.ts';
import { entryItem, entryKey } from '../../../shared/ledger/entry.ts';
import { type Leg, journalItem, journalKey, post, UnbalancedError } from '../../../shared/ledger/journal.ts';
import { MOST_UNITS } from '../../../shared/ledger/units.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { commitGroups } from '../../../shared/platform/commit-groups.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';

const AT = Date.UTC(2026, 10, 23);

let engine: Engine;
let count = 0;
let user = '';
let other = '';

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
beforeEach(() => {
  count += 1;
  user = `user-${count}`;
  other = `other-${count}`;
});

const table = () => createTable(engine.client, testTable('ledger'));

const move = (journalId: string, ...legs: Leg[]) =>
  commitGroups(createCommit(engine.client, systemRandom), {
    ...post(table(), { journalId: `${journalId}-${count}`, at: AT, legs }, systemRandom),
  });

const give = (amount: bigint) =>
  move('give', { account: house('treasury', 'TWD'), amount: -amount }, { account: available(user, 'TWD'), amount });

const toOther = (journalId: string, amount: bigint) =>
  move(journalId, { account: available(user, 'TWD'), amount: -amount }, { account: available(other, 'TWD'), amount });

describe('a movement', () => {
  it('changes balances and leaves its journal and an entry on every account', async () => {
    expect(await give(1_000n)).toEqual({ committed: true });
    expect(await toOther('pay', 300n)).toEqual({ committed: true });
    expect((await readBalances(table(), user)).TWD).toEqual({ available: 700n, frozen: 0n });
    expect((await readBalances(table(), other)).TWD).toEqual({ available: 300n, frozen: 0n });
    const state = accountItem.parse(await table().get(accountKey(available(user, 'TWD'))));
    expect(state).toEqual({ asset: 'TWD', kind: 'available', balance: 700n, entries: 2 });
    const journalId = `give-${count}`;
    const journal = journalItem.parse(await table().get(journalKey(journalId)));
    for (const { account, shard, amount } of journal.legs) {
      const entry = await table().get(entryKey(account, shard, { journalId, at: AT }));
      expect(entryItem.parse(entry)).toEqual({ journalId, at: AT, amount });
    }
    expect(journal.legs.map(({ amount }) => amount)).toEqual([-1_000n, 1_000n]);
  });

  it('happens once', async () => {
    await give(1_000n);
    const again = await give(1_000n);
    expect(again.committed ? [] : [...again.refused.keys()]).toEqual(['journal']);
    expect((await readBalances(table(), user)).TWD.available).toBe(1_000n);
  });

  it('takes no more than there is, from an account that was never used neither', async () => {
    await give(1_000n);
    const tooMuch = await toOther('too-much', 1_001n);
    expect(tooMuch.committed ? [] : [...tooMuch.refused.keys()]).toEqual(['debits']);
    const fromNothing = await move(
      'nothing',
      { account: frozen(user, 'BTC'), amount: -1n },
      { account: available(user, 'BTC'), amount: 1n },
    );
    expect(fromNothing.committed ? [] : [...fromNothing.refused.keys()]).toEqual(['debits']);
    expect((await readBalances(table(), user)).TWD.available).toBe(1_000n);
    expect((await toOther('all', 1_000n)).committed).toBe(true);
  });

  it('keeps 38 digits, and refuses what would be more', async () => {
    expect((await give(MOST_UNITS)).committed).toBe(true);
    const more = await move(
      'more',
      { account: house('treasury', 'TWD'), amount: -1n },
      { account: available(user, 'TWD'), amount: 1n },
    );
    expect(more.committed ? [] : [...more.refused.keys()]).toEqual(['credits']);
    expect((await toOther('one', 1n)).committed).toBe(true);
    expect((await readBalances(table(), user)).TWD.available).toBe(MOST_UNITS - 1n);
  });

  it('writes an account once, whatever legs it has', async () => {
    await give(100n);
    const result = await move(
      'split',
      { account: available(user, 'TWD'), amount: -10n },
      { account: available(user, 'TWD'), amount: -20n },
      { account: available(other, 'TWD'), amount: 30n },
      { account: frozen(user, 'TWD'), amount: 5n },
      { account: frozen(user, 'TWD'), amount: -5n },
    );
    expect(result).toEqual({ committed: true });
    expect((await readBalances(table(), user)).TWD).toEqual({ available: 70n, frozen: 0n });
  });

  it('must sum to zero by asset', () => {
    const legs = [
      { account: available(user, 'TWD'), amount: -10n },
      { account: available(other, 'USD'), amount: 10n },
    ];
    const movement = { journalId: 'odd', at: AT, legs };
    expect(() => post(table(), movement, systemRandom)).toThrow(UnbalancedError);
    expect(() => post(table(), { ...movement, legs: [] }, systemRandom)).toThrow(UnbalancedError);
  });
});
