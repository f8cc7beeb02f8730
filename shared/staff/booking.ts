import type { ApprovalThresholds } from '../contracts/settings/approval-thresholds.ts';
import type { Booking } from '../contracts/staff/booking.ts';
import { available, house } from '../ledger/account.ts';
import { addRow } from '../ledger/history/row.ts';
import { post } from '../ledger/journal.ts';
import { newRecordId, timeOfRecord } from '../ledger/record-id.ts';
import { parseUnits, type Units } from '../ledger/units.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import { addAlone, aloneKeys, isTooMuch } from './alone.ts';
import { auditLook } from './audit.ts';
import { newAuditRecord } from './audit-record.ts';
import { appendRecord } from './audit-store.ts';
import { auditedOrder, type BookingOrder, fingerprintOf, rowOf } from './booking-order.ts';
import {
  type Approval,
  approveUntil,
  askApproval,
  keepReference,
  readStanding,
  type Standing,
  unlessMoved,
  useApproval,
} from './booking-store.ts';
import { isSamePerson, type StaffCaller } from './staff-caller.ts';

/** What booking by staff takes. */
export interface BookingPlatform extends Core {
  readonly tables: {
    readonly ledger: TableWith<'batchGet' | 'put' | 'update' | 'delete'>;
    readonly audit: TableWith<'append'>;
  };
  readonly settings: { readonly approvalThresholds: ApprovalThresholds };
}

type Outcome =
  | { readonly ok: true; readonly data: Booking }
  | { readonly ok: false; readonly code: 'INSUFFICIENT_BALANCE' | 'REFERENCE_REUSED' | 'UPDATE_FAILED' };

const thresholdOf = (
  { settings }: BookingPlatform,
  period: keyof ApprovalThresholds,
  { asset }: Pick<BookingOrder, 'asset'>,
): Units => parseUnits(asset, settings.approvalThresholds[period][asset]) ?? 0n;

/** Whether one of the staff cannot book it alone: at once, or with what was booked in 24 hours. */
const takesTwo = (platform: BookingPlatform, order: BookingOrder, { alone }: Standing): boolean => {
  const { amount } = order;
  const most = thresholdOf(platform, 'booking', order);
  const isLarge = amount > most || -amount > most;
  return isLarge || isTooMuch(alone, amount, thresholdOf(platform, 'day', order), platform.clock.now());
};

/** Keeps what is asked for, with its audit record; `undefined` where somebody else was faster. */
const ask = async (
  platform: BookingPlatform,
  staff: StaffCaller,
  order: BookingOrder,
  standing: Standing,
): Promise<Outcome | undefined> => {
  const { tables, clock, commit } = platform;
  const { approval } = standing;
  const now = clock.now();
  const look = auditedOrder(order, standing);
  const awaiting = (asked: Approval): Outcome => ({
    ok: true,
    data: { status: 'awaiting-approval', id: null, approveUntil: approveUntil(asked) },
  });
  const fingerprint = fingerprintOf(order);
  if (approval?.fingerprint === fingerprint && now < approveUntil(approval)) {
    await auditLook(platform, staff, look);
    return awaiting(approval);
  }
  const asked = { principal: staff.principal, fingerprint, at: now };
  const record = newAuditRecord(platform, staff, look);
  const { committed } = await commit([
    askApproval(tables.ledger, order.reference, asked, approval),
    ...appendRecord(tables.audit, record),
  ]);
  return committed ? awaiting(asked) : undefined;
};

/** Books it, with its audit record; `undefined` where something changed meanwhile. */
const book = async (
  platform: BookingPlatform,
  staff: StaffCaller,
  order: BookingOrder,
  standing: Standing,
  approval: Approval | undefined,
): Promise<Outcome | undefined> => {
  const { tables, clock, random, commit } = platform;
  const { kind, reference, target, asset, amount } = order;
  const id = newRecordId(clock.now(), random, kind);
  const at = timeOfRecord(id);
  const legs = [
    { account: house('treasury', asset), amount: -amount },
    { account: available(target.userId, asset), amount },
  ];
  const { journal, debits, credits } = post(tables.ledger, { journalId: `${kind}-${id}`, at, legs }, random);
  const done = { recordId: id, ...(approval && { requestedBy: approval.principal }) };
  const record = newAuditRecord(platform, staff, auditedOrder(order, standing, done));
  const { committed } = await commit([
    keepReference(tables.ledger, reference, { fingerprint: fingerprintOf(order), id, at }),
    ...(approval
      ? [useApproval(tables.ledger, reference, approval)]
      : addAlone(tables.ledger, standing.alone, amount, thresholdOf(platform, 'day', order), clock.now())),
    ...journal,
    ...[...debits, ...credits].map((write) => unlessMoved(write, standing.account)),
    ...addRow(tables.ledger, rowOf(order, id)),
    ...order.beside,
    ...appendRecord(tables.audit, record),
  ]);
  return committed ? { ok: true, data: { status: 'booked', id, approveUntil: null } } : undefined;
};

/** What another one of the staff asked for just so, and may be done now. */
const approvalFor = (staff: StaffCaller, order: BookingOrder, now: number, { approval }: Standing) => {
  if (approval?.fingerprint !== fingerprintOf(order) || now >= approveUntil(approval)) return undefined;
  return isSamePerson(approval.principal, staff.principal) ? undefined : approval;
};

/** A user who is in use has the balance change between reading and booking now and then. */
const TRIES = 8;

/**
 * Books between a user and the treasury, once a reference. More than the thresholds of its asset, at once or in 24 hours, is
 * booked when a second one of the staff orders the very same within a day. What the audit says of balances is exact: a movement that comes in between
 * makes it read and try again.
 *
 * @throws StoreBusyError as `commit` does.
 */
export const bookOnce = async (
  platform: BookingPlatform,
  staff: StaffCaller,
  order: BookingOrder,
): Promise<Outcome> => {
  const { tables, clock } = platform;
  const { reference, target, asset, amount } = order;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const account = available(target.userId, asset);
    const standing = await readStanding(tables.ledger, reference, account, aloneKeys(staff, order));
    const { booked } = standing;
    if (booked) {
      if (booked.fingerprint !== fingerprintOf(order)) return { ok: false, code: 'REFERENCE_REUSED' };
      return { ok: true, data: { status: 'booked', id: booked.id, approveUntil: null } };
    }
    if ((standing.account?.balance ?? 0n) + amount < 0n) return { ok: false, code: 'INSUFFICIENT_BALANCE' };
    const approval = approvalFor(staff, order, clock.now(), standing);
    const outcome =
      !approval && takesTwo(platform, order, standing)
        ? await ask(platform, staff, order, standing)
        : await book(platform, staff, order, standing, approval);
    if (outcome) return outcome;
  }
  return { ok: false, code: 'UPDATE_FAILED' };
};
