import * as z from 'zod';
import type { LedgerProblemKind } from '../../../shared/contracts/ledger-problems.ts';
import { WalletRecordType, WalletStatus } from '../../../shared/contracts/enums.ts';
import type { Stored } from '../../../shared/ledger/verify/check.ts';
import type { Item, Key } from '../../../shared/platform/writes.ts';

/** A damage to a stored ledger: what is written or taken away, and what must be said of it. */
export interface Damage {
  readonly puts?: readonly Stored[];
  readonly deletes?: readonly Key[];
  /** One of these problems at this place is enough; others may be found beside it. */
  readonly expected: readonly LedgerProblemKind[];
  readonly at: Key;
}

export type Draw = (maxExclusive: number) => number;

export interface Victim {
  readonly items: readonly Stored[];
  readonly draw: Draw;
}

export const pick = <T>(list: readonly T[], draw: Draw): T => {
  const picked = list[draw(list.length)];
  if (picked === undefined) throw new Error('The ledger of the test has nothing to damage.');
  return picked;
};

export const number = (value: unknown): bigint => BigInt(Number(value));

export const any = ({ items, draw }: Victim, wanted: (item: Stored) => boolean): Stored =>
  pick(items.filter(wanted), draw);

export const isAccount = ({ sk }: Stored): boolean => sk.startsWith('ACCOUNT#');
export const isUserEntry = ({ pk, sk }: Stored): boolean => pk.startsWith('USER#') && sk.startsWith('ENTRY#');
export const isHouseEntry = ({ pk }: Stored): boolean => pk.startsWith('HOUSE#');
export const isEntry = (item: Stored): boolean => isUserEntry(item) || isHouseEntry(item);
export const isJournal = ({ sk }: Stored): boolean => sk === 'JOURNAL';
export const isTransfer = ({ sk }: Stored): boolean => sk === 'TRANSFER';
export const isExpiry = ({ pk }: Stored): boolean => pk.startsWith('EXPIRY#');
export const isRow = ({ sk }: Stored): boolean => sk.startsWith('ROW#');
const isOfTransfer = ({ type }: Item): boolean =>
  type === WalletRecordType.TRANSFER_IN || type === WalletRecordType.TRANSFER_OUT;
export const isTransferRow = (item: Stored): boolean => isRow(item) && isOfTransfer(item);
export const isRecordRow = (item: Stored): boolean => isRow(item) && !isOfTransfer(item);
export const isCount = ({ sk }: Stored): boolean => sk.startsWith('COUNT#');
export const isOpen = ({ status }: Item): boolean =>
  status === WalletStatus.PENDING || status === WalletStatus.EMAIL_CONFIRMED;

export const journalOf = ({ items }: Victim, entry: Item): Stored =>
  pick(
    items.filter((item) => isJournal(item) && item['journalId'] === entry['journalId']),
    () => 0,
  );

export const legsOf = (journal: Item): readonly Item[] => {
  const { legs } = journal;
  return z.array(z.record(z.string(), z.unknown())).parse(legs);
};

/** More than nothing, so that it changes something. */
export const some = (draw: Draw): bigint => BigInt(draw(1000) + 1) * (draw(2) === 0 ? 1n : -1n);

export const STATUSES = [
  WalletStatus.PENDING,
  WalletStatus.EMAIL_CONFIRMED,
  WalletStatus.COMPLETED,
  WalletStatus.EXPIRED,
  WalletStatus.USER_CANCELLED,
] as const;

export const withAmount = (item: Stored, amount: bigint): Stored => ({ ...item, amount });

export const isSeconds = ({ sk }: Stored): boolean => sk.startsWith('FINE#');

/** An hour of an item that counts by hours, or a second of one that counts by seconds. */
export const countAttribute = (item: Item, draw: Draw): string =>
  pick(
    Object.keys(item).filter((name) => /^s\d{3,4}$/.test(name)),
    draw,
  );
