import { commitGroups } from '../../platform/commit-groups.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import { StoreBusyError } from '../../platform/table.ts';
import type { Item, Write } from '../../platform/writes.ts';
import type { UnnumberedRow } from '../conversion/rows.ts';
import { addRow } from '../history/row.ts';
import { isBooked, type Leg, post } from '../journal.ts';
import { newRecordId, type RecordId } from '../record-id.ts';
import type { Refused } from './order.ts';

export interface BookingPlatform extends Pick<Core, 'clock' | 'random' | 'commit'> {
  readonly tables: { readonly ledger: TableWith<'put' | 'update'> };
}

/** A movement of one user that is done at once. */
export interface Booking {
  readonly kind: 'convert' | 'payment';
  readonly legs: readonly Leg[];
  /** What the user sees of it. */
  readonly rows: readonly UnnumberedRow[];
  readonly record: (data: RecordId) => readonly Write[];
  /** What must still hold of the user, and what is answered where it does not. */
  readonly check?: { readonly write: Write; readonly refusal: (item: Item | undefined) => Refused };
}

export type Booked = { readonly ok: true; readonly data: RecordId } | Refused;

/** Ids that are tried: two of one kind and millisecond meet once in 1,024 times. */
const IDS_TRIED = 5;

/**
 * Books a movement, its rows and the answer to it under a new id, in one transaction. Whether there is enough is decided
 * by that transaction alone.
 *
 * @returns UPDATE_FAILED where the answer to the same request is kept already: the caller is given that one.
 * @throws StoreBusyError as `commit` does.
 */
export const book = async (
  { tables, clock, random, commit }: BookingPlatform,
  { kind, legs, rows, record, check }: Booking,
): Promise<Booked> => {
  for (let tries = 0; tries < IDS_TRIED; tries += 1) {
    const at = clock.now();
    const id = newRecordId(at, random, kind);
    const posting = post(tables.ledger, { journalId: `${kind}-${id}`, at, legs }, random);
    const result = await commitGroups(commit, {
      seen: record(id),
      check: check ? [check.write] : [],
      journal: posting.journal,
      debits: posting.debits,
      rows: rows.flatMap((row) => addRow(tables.ledger, { ...row, id, at, updatedAt: at })),
      credits: posting.credits,
    });
    if (result.committed || isBooked(posting.journal, result.refused.get('journal'))) return { ok: true, data: id };
    if (result.refused.has('seen')) return { ok: false, code: 'UPDATE_FAILED' };
    if (check && result.refused.has('check')) return check.refusal(result.refused.get('check'));
    if (result.refused.has('debits')) return { ok: false, code: 'INSUFFICIENT_BALANCE' };
    if (result.refused.has('credits')) throw new RangeError(`${kind} would make a balance of more than 38 digits.`);
  }
  throw new StoreBusyError(`${IDS_TRIED} ids of new records were taken. Try again.`);
};
