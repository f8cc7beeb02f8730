import * as z from 'zod/mini';
import { inOutType, walletRecordType, walletStatus } from '../../contracts/states.ts';
import type { TableWith } from '../../platform/platform.ts';
import { ABSENT, type Key, type Write } from '../../platform/writes.ts';
import { assetName, ledgerPartition } from '../account.ts';
import { timeKey, timeOfRecord } from '../record-id.ts';
import { units } from '../units.ts';
import { countRow } from './count-index.ts';
import { ROW_CLASSES, type Stream } from './stream.ts';

const rowItem = z.object({
  /** The record's, which its rows share: both sides of a conversion, sender and receiver. */
  id: z.int(),
  class: z.enum(ROW_CLASSES),
  asset: assetName,
  /** When the record was made, in epoch milliseconds: what its id says. */
  at: z.int(),
  /** Epoch milliseconds. */
  updatedAt: z.int(),
  type: walletRecordType,
  inOutType,
  /** In units of the asset, as all amounts here. */
  amount: units,
  /** What arrived, where that is not the amount. */
  receivedAmount: z.optional(units),
  fee: z.optional(units),
  status: walletStatus,
  /** With whom: a username or a service. */
  counterparty: z.optional(z.string()),
  quoteOrderCurrency: z.optional(assetName),
  quoteBaseCurrency: z.optional(assetName),
  /** What one of the asset cost or brought, and all of it: plain decimals in TWD. */
  unitPrice: z.optional(z.string()),
  totalPrice: z.optional(z.string()),
  txHash: z.optional(z.string()),
  bankRef: z.optional(z.string()),
  remarks: z.optional(z.string()),
});

/** A row of the history as it is stored. */
export type StoredRow = Readonly<z.output<typeof rowItem>>;

/** What a user sees of a movement of one asset. */
export interface HistoryRow extends StoredRow {
  readonly userId: string;
}

/** Reads a row. */
export const parseRow = (item: unknown): StoredRow => rowItem.parse(item);

type RowName = Pick<HistoryRow, 'userId' | 'class' | 'asset' | 'id' | 'at'>;

/** Begins the sort keys of a stream's rows, which lie by time. */
export const rowPrefix = ({ class: kind, asset }: Stream): string => `ROW#${kind}#${asset}#`;

/** Where a row lies. */
export const rowKey = ({ userId, id, at, ...stream }: RowName): Key => ({
  pk: ledgerPartition(userId),
  sk: `${rowPrefix(stream)}${timeKey(at)}#${id}`,
});

/**
 * Describes a new row and the counting of it: three writes. Of one class and asset a transaction can hold one. Its time must be the
 * one that its id says, so that rows are found by their id alone.
 *
 * @throws RangeError when `at` is not the time that the id says.
 */
export const addRow = (table: TableWith<'put' | 'update'>, { userId, ...row }: HistoryRow): readonly Write[] => {
  if (row.at !== timeOfRecord(row.id))
    throw new RangeError(`Row ${row.id} says ${row.at}, and its id ${timeOfRecord(row.id)}: they must be the same.`);
  const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
  return [table.put({ ...rowKey({ userId, ...row }), ...known }, ABSENT), ...countRow(table, userId, row)];
};

/** Describes a new status of a row; refused where there is no such row. */
export const changeRow = (
  table: TableWith<'update'>,
  row: RowName,
  { status, updatedAt }: Pick<HistoryRow, 'status' | 'updatedAt'>,
): Write =>
  table.update(rowKey(row), {
    update: 'SET #status = :status, updatedAt = :at',
    condition: 'attribute_exists(pk)',
    names: { '#status': 'status' },
    values: { ':status': status, ':at': updatedAt },
  });
