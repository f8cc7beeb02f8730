import { QUOTE_ASSET } from '../../contracts/assets.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../contracts/enums.ts';
import type { Key } from '../../platform/writes.ts';
import type { UserAccount } from '../account.ts';
import { rowKey, type StoredRow } from '../history/row.ts';
import type { Journal } from '../journal.ts';
import { kindOfRecord, type RecordId, type RecordKind, timeOfRecord } from '../record-id.ts';
import { formatUnits, type Units } from '../units.ts';

/** Records that are one movement, which is done when it is made. */
type DoneKind = Exclude<RecordKind, 'transfer'>;

interface DoneRecord {
  readonly kind: DoneKind;
  readonly id: RecordId;
}

export const journalIdOfRecord = ({ kind, id }: DoneRecord): string => `${kind}-${id}`;

/** The record of that id, where it is one movement. */
export const doneRecord = (id: RecordId): DoneRecord | undefined => {
  const kind = kindOfRecord(id);
  return kind === undefined || kind === 'transfer' ? undefined : { kind, id };
};

const NUMBER = /-([1-9]\d{0,15})$/;

/** The record that a movement is; `undefined` where it is none. */
export const recordOfJournal = (journalId: string): DoneRecord | undefined => {
  const record = doneRecord(Number(NUMBER.exec(journalId)?.[1]));
  return record && journalIdOfRecord(record) === journalId ? record : undefined;
};

/** What the history must say of a leg. */
export interface DueRow extends Pick<StoredRow, 'id' | 'class' | 'type' | 'inOutType' | 'amount' | 'totalPrice'> {
  readonly key: Key;
}

interface UserLeg {
  readonly account: UserAccount;
  readonly amount: Units;
}

type Said = Omit<DueRow, 'key' | 'id'>;

const absolute = (amount: Units): Units => (amount < 0n ? -amount : amount);

const ofBooking = (amount: Units): Said => ({
  class: 'FLOW',
  type: amount > 0n ? WalletRecordType.DEPOSIT : WalletRecordType.WITHDRAW,
  inOutType: amount > 0n ? InOutType.IN : InOutType.OUT,
  amount: absolute(amount),
});

const ofPayment = (amount: Units): Said => ({
  class: 'FLOW',
  type: WalletRecordType.PAYMENT,
  inOutType: InOutType.OUT,
  amount: -amount,
});

/** Where TWD is one of the two, what was paid or received of it is the price of the other. */
const ofConversion = (amount: Units, quoted: Units | undefined): Said => ({
  class: 'TRADE',
  type: amount > 0n ? WalletRecordType.BUY : WalletRecordType.SELL,
  inOutType: InOutType.IN,
  amount: absolute(amount),
  ...(quoted !== undefined && { totalPrice: formatUnits(QUOTE_ASSET, absolute(quoted)) }),
});

/** The rows that belong to the movement of a record: one a leg of a user, but for the TWD of a conversion. */
export const dueRows = ({ kind, id }: DoneRecord, { legs }: Journal): readonly DueRow[] => {
  const ofUsers = legs.flatMap(({ account, amount }): UserLeg[] =>
    account.owner === 'user' ? [{ account, amount }] : [],
  );
  const quoted = ofUsers.find(({ account }) => account.asset === QUOTE_ASSET)?.amount;
  const due = ({ account: { userId, asset }, amount }: UserLeg): readonly DueRow[] => {
    if (kind === 'convert' && asset === QUOTE_ASSET) return [];
    const ofOther = kind === 'payment' ? ofPayment(amount) : ofBooking(amount);
    const said = kind === 'convert' ? ofConversion(amount, quoted) : ofOther;
    return [{ id, ...said, key: rowKey({ userId, class: said.class, asset, id, at: timeOfRecord(id) }) }];
  };
  return ofUsers.flatMap(due);
};

/** What is wrong about a row, if anything is. */
export const contradictionOf = (row: StoredRow, due: DueRow): 'row-amount-differs' | 'row-differs' | undefined => {
  const priced = due.totalPrice === undefined || due.totalPrice === row.totalPrice;
  if (row.amount !== due.amount || !priced) return 'row-amount-differs';
  const same = row.id === due.id && row.class === due.class && row.type === due.type && row.inOutType === due.inOutType;
  return same && row.status === WalletStatus.COMPLETED ? undefined : 'row-differs';
};
