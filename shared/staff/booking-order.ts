import { text } from '../contracts/codes/text.ts';
import type { AssetName } from '../contracts/assets.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import type { AuditedState } from '../contracts/staff/audit-record.ts';
import type { User } from '../identity/user.ts';
import type { HistoryRow } from '../ledger/history/row.ts';
import { type RecordId, timeOfRecord } from '../ledger/record-id.ts';
import { formatUnits, type Units } from '../ledger/units.ts';
import { sha256 } from '../platform/digest.ts';
import type { Write } from '../platform/writes.ts';
import type { AuditedAction } from './audit-record.ts';
import type { Reference, Standing } from './booking-store.ts';

/** What staff want to be booked between a user and the house's treasury. */
export interface BookingOrder {
  readonly kind: 'deposit' | 'adjustment';
  readonly reference: Reference;
  readonly target: User;
  readonly asset: AssetName;
  /** What the user gets; with a minus what is taken. Not nothing. */
  readonly amount: Units;
  readonly reason?: string;
  /** What row and audit say of where it comes from. */
  readonly source: Pick<AuditedState, 'txHash' | 'bankRef'>;
  readonly remarks?: string;
  /** What is written beside it. */
  readonly beside: readonly Write[];
}

/** What of an order must be the same for it to be the same. */
export const fingerprintOf = ({ target, asset, amount, reason }: BookingOrder): string =>
  sha256(JSON.stringify([target.userId, asset, String(amount), reason ?? null]));

/** What the user's history says of it. */
export const rowOf = (order: BookingOrder, id: RecordId): HistoryRow => {
  const { target, asset, amount, source, remarks } = order;
  const comes = amount > 0n;
  return {
    userId: target.userId,
    class: 'FLOW',
    asset,
    id,
    at: timeOfRecord(id),
    updatedAt: timeOfRecord(id),
    type: comes ? WalletRecordType.DEPOSIT : WalletRecordType.WITHDRAW,
    inOutType: comes ? InOutType.IN : InOutType.OUT,
    amount: comes ? amount : -amount,
    status: WalletStatus.COMPLETED,
    ...source,
    ...(remarks !== undefined && { remarks }),
  };
};

/** What the audit says of it: `done` when it was booked, else it was asked for. */
export const auditedOrder = (
  order: BookingOrder,
  { account }: Standing,
  done?: { readonly recordId: RecordId; readonly requestedBy?: string | undefined },
): AuditedAction => {
  const { kind, target, asset, amount, reason, source } = order;
  const balance = account?.balance ?? 0n;
  return {
    action: `${kind}.${done ? 'book' : 'request'}`,
    target,
    ...(reason !== undefined && { reason }),
    before: { asset, available: formatUnits(asset, balance) },
    after: {
      asset,
      amount: formatUnits(asset, amount),
      available: formatUnits(asset, done ? balance + amount : balance),
      ...source,
      ...done,
    },
  };
};

const TOO_FINE = text(
  '超出該幣種的小數位數，或數字過大',
  '超出该币种的小数位数，或数字过大',
  'it has more decimals than the asset, or is too large',
);

/** What an amount that the asset cannot have is answered with. */
export const wrongAmount = (locale: Locale) =>
  ({ ok: false, code: 'INVALID_PARAMETER', params: { field: 'amount', reason: TOO_FINE[locale] } }) as const;
