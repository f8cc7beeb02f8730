import { WalletRecordType } from '../../contracts/enums.ts';
import { ledgerPartition } from '../../ledger/account.ts';
import { parseRow, rowKey, type StoredRow } from '../../ledger/history/row.ts';
import { findTransfer, type Transfer, transferKey } from '../../ledger/transfer/transfer.ts';
import type { Key, Write } from '../../platform/writes.ts';
import type { ErasingJob } from './at-once.ts';
import type { Step } from './drain.ts';
import { findErasure, markRows } from './erasure-store.ts';

/** In place of a name or address: shorter than any username. */
export const NOBODY = '-';

const PAGE = 25;

const TRANSFERS: ReadonlySet<StoredRow['type']> = new Set([
  WalletRecordType.TRANSFER_IN,
  WalletRecordType.TRANSFER_OUT,
]);

/** Takes the name and address of the user out of a transfer, and the name out of the other one's history. */
const forgetIn = ({ tables }: ErasingJob, transfer: Transfer, row: StoredRow, userId: string): readonly Write[] => {
  const side = transfer.senderId === userId ? 'sender' : 'receiver';
  const other = side === 'sender' ? transfer.receiverId : transfer.senderId;
  const { id, asset, at } = row;
  return [
    tables.ledger.update(transferKey(id), {
      update: `SET ${side}Name = :nobody, ${side}Email = :nobody`,
      condition: 'attribute_exists(pk)',
      values: { ':nobody': NOBODY },
    }),
    // Only where the other side has a row: nothing is in the receiver's history before the money is.
    tables.ledger.update(rowKey({ userId: other, class: 'FLOW', asset, id, at }), {
      update: 'SET counterparty = :nobody',
      condition: 'attribute_exists(pk)',
      values: { ':nobody': NOBODY },
    }),
  ];
};

const forgetRow = async (platform: ErasingJob, userId: string, key: Key, row: StoredRow): Promise<void> => {
  const { tables, commit } = platform;
  const transfer = TRANSFERS.has(row.type) ? await findTransfer(tables.ledger, row.id) : undefined;
  const named = transfer ? forgetIn(platform, transfer, row, userId) : [];
  await Promise.all(named.map((write) => commit([write])));
  await commit([
    tables.ledger.update(key, {
      update: 'REMOVE counterparty, bankRef, txHash, remarks',
      condition: 'attribute_exists(pk)',
    }),
  ]);
};

/**
 * Takes out of transfers and histories what names the user or whom the user dealt with. Amounts, times and states stay,
 * so that the ledger can be proved as before. Goes on where it stopped.
 */
export const eraseNames =
  (platform: ErasingJob, userId: string): Step =>
  async (isOver) => {
    const { tables, commit } = platform;
    const done = (await findErasure(tables.users, userId))?.rowsUpTo;
    let sortFrom = done === undefined ? 'ROW#' : `${done}+`;
    while (!isOver()) {
      const page = { partition: ledgerPartition(userId), sortPrefix: 'ROW#', sortFrom, limit: PAGE };
      const rows = await tables.ledger.query({ ...page, sortTo: 'ROW#\u{10FFFF}' });
      for (const item of rows) {
        const key = { pk: String(item['pk']), sk: String(item['sk']) };
        await forgetRow(platform, userId, key, parseRow(item));
      }
      const last = rows.at(-1);
      if (last) {
        await commit([markRows(tables.users, userId, String(last['sk']))]);
        sortFrom = `${String(last['sk'])}+`;
      }
      if (rows.length < PAGE) return true;
    }
    return false;
  };
