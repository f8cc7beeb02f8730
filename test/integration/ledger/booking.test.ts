import { describe, expect, it } from '@jest/globals';
import { walletOperation } from '../../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { available, house } from '../../../shared/ledger/account.ts';
import { book } from '../../../shared/ledger/operations/booking.ts';
import { openTransfer } from '../../../shared/ledger/transfer/commands.ts';
import { timeOfRecord } from '../../../shared/ledger/record-id.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { StoreBusyError } from '../../../shared/platform/table.ts';
import type { Write } from '../../../shared/platform/writes.ts';
import { useIdentity } from '../../support/identity.ts';
import { ledgerUseCases } from '../../support/ledger.ts';
import { ledgerContents } from '../../support/ledger-contents.ts';
import { testFoundation } from '../../support/test-platform.ts';
import { callerAs } from '../../support/wallet-operations.ts';

/** How many ids of one kind a millisecond has, and how far they are apart. */
const IDS = 1_024;
const APART = 8;

describe('the booking of a record', () => {
  const identity = useIdentity();

  /** Books a unit of TWD at one moment, with ids of which the last digits are these. */
  const setUp = async () => {
    const { resources } = identity();
    const { userId } = callerAs().user;
    await ledgerUseCases(identity()).fund(userId, 'TWD', '1');
    const { platform } = testFoundation(walletOperation, resources);
    const bookWith = (...drawn: readonly number[]) => {
      const left = [...drawn];
      const int = (max: number): number => (max === IDS ? (left.shift() ?? drawn.at(-1) ?? 0) : systemRandom.int(max));
      return book(
        { ...platform, random: { ...systemRandom, int } },
        {
          kind: 'payment',
          legs: [
            { account: available(userId, 'TWD'), amount: -1n },
            { account: house('fees', 'TWD'), amount: 1n },
          ],
          rows: [],
          record: () => [],
        },
      );
    };
    return { bookWith, userId, ...ledgerContents(resources.client), now: resources.clock.now() };
  };

  it('takes another id where one is taken, of the same moment', async () => {
    const { bookWith, movement, now } = await setUp();
    const [first, second] = [await bookWith(17), await bookWith(17, 17, 18)];
    if (!first.ok || !second.ok) throw new Error('Both must be booked.');
    expect(second.data - first.data).toBe(APART);
    expect([timeOfRecord(first.data), timeOfRecord(second.data)]).toEqual([now, now]);
    expect(await movement(`payment-${second.data}`)).toMatchObject({ 'house/fees/TWD': '0.01' });
  });

  it('knows what it booked itself by a nonce, whatever the store forgot of the first attempt', async () => {
    const { userId } = callerAs().user;
    const { platform } = testFoundation(walletOperation, identity().resources);
    const useCases = ledgerUseCases(identity());
    await useCases.fund(userId, 'TWD', '10');
    // Answers with what a second attempt without the token of the first one gives.
    const forgetful = async (writes: readonly Write[]) => {
      expect(await platform.commit(writes)).toMatchObject({ committed: true });
      return platform.commit(writes);
    };
    const moved = [
      { account: available(userId, 'TWD'), amount: -600n },
      { account: house('fees', 'TWD'), amount: 600n },
    ];
    const booking = { kind: 'payment', legs: moved, rows: [], record: () => [] } as const;
    const booked = await book({ ...platform, commit: forgetful }, booking);
    expect(booked).toEqual({ ok: true, data: expect.any(Number) });
    expect((await useCases.holdings(userId, 'TWD')).available).toBe('4');
    const party = { userId, username: 'ann', email: 'ann@example.com', locale: 'en' } as const;
    const order = { sender: party, receiver: { ...party, userId: `${userId}0` }, asset: 'TWD', amount: 300n } as const;
    const opened = await openTransfer({ ...platform, commit: forgetful }, order, () => ({}));
    expect(opened).toMatchObject({ ok: true, transfer: { amount: 300n } });
    expect(await useCases.holdings(userId, 'TWD')).toEqual({ available: '1', frozen: '3' });
  });

  it('gives up where every id is taken, and moves nothing', async () => {
    const { bookWith, houseBalances } = await setUp();
    await bookWith(99);
    const before = (await houseBalances())('fees', 'TWD');
    await expect(bookWith(99)).rejects.toThrow(StoreBusyError);
    expect((await houseBalances())('fees', 'TWD')).toBe(before);
  });
});
