import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RecordId } from '../../../shared/ledger/record-id.ts';
import { openTransfer, stepTransfer, type TransferPlatform } from '../../../shared/ledger/transfer/commands.ts';
import { findTransfer, type Party, type Transfer } from '../../../shared/ledger/transfer/transfer.ts';
import type { Units } from '../../../shared/ledger/units.ts';
import type { Clock } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { testTable } from '../engine.ts';
import { bookingsOf } from '../ledger-verify/bookings.ts';

/** The asset that all runs move. */
export const RUN_ASSET = 'USDT';

const partyOf = (userId: string): Party => ({
  userId,
  username: userId,
  email: `${userId}@example.com`,
  locale: 'en',
});

/** What a run asks to be sent. */
export interface Sending {
  readonly sender: string;
  readonly receiver: string;
  readonly amount: Units;
}

/** The ledger's own commands over one client. */
export const createMoves = (client: DynamoDBDocumentClient, clock: Clock) => {
  const ledger = createTable(client, testTable('ledger'));
  const commit = createCommit(client, systemRandom);
  const platform: TransferPlatform = { clock, random: systemRandom, commit, tables: { ledger } };

  const { bookTreasury } = bookingsOf(platform);

  /** Books what comes from outside to a user. */
  const deposit = async (userId: string, amount: Units): Promise<void> => {
    const booked = await bookTreasury('deposit', userId, RUN_ASSET, amount);
    if (!booked) throw new Error(`A deposit of ${amount} for ${userId} was refused.`);
  };

  /**
   * @param onIntent told of the id before anything is written under it.
   * @returns `undefined` where the money is not there.
   */
  const open = async (
    { sender, receiver, amount }: Sending,
    onIntent: (id: RecordId) => void,
  ): Promise<Transfer | undefined> => {
    const order = { sender: partyOf(sender), receiver: partyOf(receiver), asset: RUN_ASSET, amount } as const;
    const opened = await openTransfer(platform, order, ({ id }) => {
      onIntent(id);
      return {};
    });
    return opened.ok ? opened.transfer : undefined;
  };

  /** @throws when the ledger does not do it: in a run every step is due. */
  const step = async (transfer: Transfer, event: Parameters<typeof stepTransfer>[2]): Promise<Transfer> => {
    const stepped = await stepTransfer(platform, transfer, event, () => ({}));
    if (stepped.outcome === 'done' || stepped.outcome === 'again') return stepped.transfer;
    throw new Error(`Transfer ${transfer.id} was ${stepped.outcome} at ${event}.`);
  };

  /** Tries a step on the transfer as it is stored. */
  const attempt = async (id: RecordId, event: Parameters<typeof stepTransfer>[2]): Promise<'ok' | 'refused'> => {
    const transfer = await findTransfer(ledger, id);
    if (!transfer) throw new Error(`There is no transfer ${id}.`);
    const { outcome } = await stepTransfer(platform, transfer, event, () => ({}));
    return outcome === 'done' || outcome === 'again' ? 'ok' : 'refused';
  };

  return { ledger, deposit, open, step, attempt };
};

export type Moves = ReturnType<typeof createMoves>;
