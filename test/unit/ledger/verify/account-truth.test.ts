import { describe, expect, it } from '@jest/globals';
import { accountKey, available } from '../../../../shared/ledger/account.ts';
import { entryKey } from '../../../../shared/ledger/entry.ts';
import { proveAccount } from '../../../../shared/ledger/verify/account-truth.ts';
import type { Verifying } from '../../../../shared/ledger/verify/lookup.ts';
import type { QuerySpec } from '../../../../shared/platform/table.ts';
import { testClock } from '../../../support/test-platform.ts';

const ACCOUNT = available('a'.repeat(32), 'BTC');
const AMOUNTS = [4n, 6n, 5n];

const entryOf = (amount: bigint, index: number) => {
  const moment = { journalId: `deposit-${index}`, at: 1_771_200_000_000 + index };
  return { ...entryKey(ACCOUNT, 0, moment), ...moment, amount };
};

const ENTRIES = AMOUNTS.map(entryOf);

const LAST = ENTRIES[2]?.sk ?? '';

/** An account of three entries that says it has so much. */
const accountWith = (balance: bigint) => {
  const read = { all: 0 };
  const refuse = () => Promise.reject(new Error('Nothing else is read.'));
  const verifying: Verifying = {
    clock: testClock(),
    random: { int: () => 0, bytes: (count) => Buffer.alloc(count) },
    tables: {
      ledger: {
        get: () => Promise.resolve({ ...accountKey(ACCOUNT), asset: 'BTC', kind: 'available', balance, entries: 3 }),
        query: ({ sortFrom = '' }: QuerySpec) => {
          if (sortFrom === '') read.all += 1;
          return Promise.resolve(ENTRIES.filter(({ sk }) => sk >= sortFrom));
        },
        scan: refuse,
        batchGet: refuse,
      },
    },
  };
  return { verifying, read };
};

const passed = (amount: bigint, entries: number) => ({ amount, entries, upTo: LAST, ended: true });

describe('the proof of an account', () => {
  it('takes what passed for true, and reads what came after it', async () => {
    const { verifying, read } = accountWith(15n);
    expect(await proveAccount(verifying, ACCOUNT, passed(15n, 3))).toEqual([]);
    expect(read.all).toBe(0);
  });

  it('raises no alarm for an entry that was written long after its time, behind those that had passed', async () => {
    const { verifying, read } = accountWith(15n);
    expect(await proveAccount(verifying, ACCOUNT, passed(9n, 2))).toEqual([]);
    expect(read.all).toBe(1);
  });

  it('calls wrong what is still wrong when all is read again', async () => {
    const { verifying, read } = accountWith(16n);
    const [problem, ...more] = (await proveAccount(verifying, ACCOUNT, passed(15n, 3))) ?? [];
    expect([problem?.kind, problem?.detail, more]).toEqual([
      'balance-differs',
      '1 units over its entries; says 3 entries, and has 3',
      [],
    ]);
    expect(read.all).toBe(4);
  });

  it('does not read millions of entries again', async () => {
    const { verifying, read } = accountWith(15n);
    const found = await proveAccount(verifying, ACCOUNT, passed(15n, 2_000_000));
    expect(found).toMatchObject([{ kind: 'balance-differs' }]);
    expect(read.all).toBe(0);
  });
});
