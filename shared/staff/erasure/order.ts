import { text } from '../../contracts/codes/text.ts';
import type { BodyOf } from '../../contracts/endpoint.ts';
import { UserStatus } from '../../contracts/enums.ts';
import type { Locale, LocalizedText } from '../../contracts/locale.ts';
import { type ErasureObstacle, keepUntil } from '../../contracts/retention.ts';
import type { staffUserErasure } from '../../contracts/staff/user-erasure.ts';
import type { User } from '../../identity/user.ts';
import { getRecord } from '../../kyc/record-store.ts';
import { ACCOUNT_KINDS, ACCOUNT_PREFIX, accountKey, ASSET_NAMES, ledgerPartition } from '../../ledger/account.ts';
import { readBalances } from '../../ledger/balances.ts';
import { sha256 } from '../../platform/digest.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import { auditLook } from '../audit.ts';
import { newAuditRecord } from '../audit-record.ts';
import { appendRecord } from '../audit-store.ts';
import {
  type Approval,
  approveUntil,
  askApproval,
  readApproval,
  type Reference,
  useApproval,
} from '../booking-store.ts';
import { isSamePerson, type StaffCaller } from '../staff-caller.ts';
import { findTarget } from '../target.ts';
import { beginErasure, findErasure } from './erasure-store.ts';
import { reportOf } from './report.ts';

type Erasing = Platform<(typeof staffUserErasure)['uses']>;

const WHY: Readonly<Record<ErasureObstacle, LocalizedText>> = {
  'not-closed': text(
    '帳號尚未關閉（狀態須為 5）',
    '账号尚未关闭（状态须为 5）',
    'the account is not closed, which is status 5 (Deleted)',
  ),
  'legal-hold': text('該用戶受法律保全', '该用户受法律保全', 'the user is under a legal hold'),
  balance: text(
    '帳戶尚有餘額或進行中的轉帳',
    '账户尚有余额或进行中的转账',
    'there is money on the accounts, or frozen for an open transfer',
  ),
};

const obstaclesOf = async ({ tables }: Erasing, user: User): Promise<readonly ErasureObstacle[]> => {
  const balances = Object.values(await readBalances(tables.ledger, user.userId));
  const hasMoney = balances.some(({ available, frozen }) => available !== 0n || frozen !== 0n);
  return [
    ...(user.userStatus === UserStatus.DELETED ? [] : (['not-closed'] as const)),
    ...(user.legalHold ? (['legal-hold'] as const) : []),
    ...(hasMoney ? (['balance'] as const) : []),
  ];
};

/** Refused where anything lies on an account of the user by now. */
const accountsAreEmpty = ({ tables }: Erasing, userId: string): readonly Write[] =>
  ASSET_NAMES.flatMap((asset) =>
    ACCOUNT_KINDS.map((kind) =>
      tables.ledger.check(accountKey({ owner: 'user', userId, asset, kind }), {
        condition: 'attribute_not_exists(pk) OR balance = :zero',
        values: { ':zero': 0 },
      }),
    ),
  );

/** Whether the law on money laundering has anything to be kept: a customer is who was verified once, or had an account. */
const isCustomer = async ({ tables }: Erasing, userId: string): Promise<boolean> => {
  const account = { partition: ledgerPartition(userId), sortPrefix: ACCOUNT_PREFIX, limit: 1 };
  const [record, accounts] = await Promise.all([getRecord(tables.kyc, userId), tables.ledger.query(account)]);
  return record?.verifiedIdentity !== undefined || accounts.length > 0;
};

/** An erasure as two of the staff have to order it. */
interface Order {
  readonly target: User;
  readonly reason: string;
  readonly closedAt: number;
  readonly keepUntil: number;
  readonly reference: Reference;
  readonly fingerprint: string;
}

const orderOf = async (platform: Erasing, target: User, reason: string): Promise<Order> => {
  const { userId } = target;
  const now = platform.clock.now();
  const closedAt = target.closedAt ?? now;
  return {
    target,
    reason,
    closedAt,
    keepUntil: (await isCustomer(platform, userId)) ? keepUntil(closedAt) : now,
    reference: { kind: 'erasure', text: userId },
    fingerprint: sha256(JSON.stringify([userId, reason])),
  };
};

/** Audited before it is known whether another of the staff agrees. */
const ask = async (platform: Erasing, staff: StaffCaller, order: Order, seen: Approval | undefined) => {
  const { tables, clock, commit } = platform;
  const { target, reason, closedAt, reference, fingerprint } = order;
  const now = clock.now();
  const before = { userStatus: target.userStatus, closedAt };
  const look = { action: 'user.erasure-request', target, reason, before } as const;
  const standing = seen?.fingerprint === fingerprint && now < approveUntil(seen) ? seen : undefined;
  const asked = standing ?? { principal: staff.principal, fingerprint, at: now };
  const awaiting = reportOf('awaiting-approval', { ...order, approveUntil: approveUntil(asked) });
  if (standing) {
    await auditLook(platform, staff, look);
    return { ok: true, data: awaiting } as const;
  }
  const record = newAuditRecord(platform, staff, look);
  const writes = [askApproval(tables.ledger, reference, asked, seen), ...appendRecord(tables.audit, record)];
  const { committed } = await commit(writes);
  return committed ? ({ ok: true, data: awaiting } as const) : ({ ok: false, code: 'UPDATE_FAILED' } as const);
};

const begin = async (platform: Erasing, staff: StaffCaller, order: Order, approval: Approval) => {
  const { tables, clock, commit } = platform;
  const { target, reason, reference } = order;
  const record = newAuditRecord(platform, staff, {
    action: 'user.erasure',
    target,
    reason,
    before: { userStatus: target.userStatus, closedAt: order.closedAt },
    after: { userStatus: target.userStatus, keepUntil: order.keepUntil, requestedBy: approval.principal },
  });
  const { committed } = await commit([
    ...beginErasure(tables.users, target, { ...order, now: clock.now() }),
    ...accountsAreEmpty(platform, target.userId),
    useApproval(tables.ledger, reference, approval),
    ...appendRecord(tables.audit, record),
  ]);
  if (!committed) return { ok: false, code: 'UPDATE_FAILED' } as const;
  return { ok: true, data: reportOf('begun', order) } as const;
};

/** What another one of the staff asked for just so, and may be done now. */
const approvalOf = (staff: StaffCaller, { fingerprint }: Order, seen: Approval | undefined, now: number) => {
  if (seen?.fingerprint !== fingerprint || now >= approveUntil(seen)) return undefined;
  return isSamePerson(seen.principal, staff.principal) ? undefined : seen;
};

/**
 * Orders the erasure of a user, when two of the staff ask for it with the same reason within a day, or tells how far one
 * has come. With `dryRun` it only tells what stands in the way and what would become of what. Sessions and keys end in the
 * transaction of the order; a job does the rest (`jobs.erasure`).
 */
export const orderErasure = async (
  platform: Erasing,
  staff: StaffCaller,
  username: string,
  { body, locale }: { readonly body: BodyOf<typeof staffUserErasure>; readonly locale: Locale },
) => {
  const { tables, clock } = platform;
  const { reason, dryRun = false } = body;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const look = { action: 'user.erasure-look', target, reason } as const;
  const ordered = await findErasure(tables.users, target.userId);
  if (ordered) {
    await auditLook(platform, staff, look);
    return { ok: true, data: reportOf(ordered.state === 'begun' ? 'begun' : 'kept', ordered) } as const;
  }
  const [obstacles, order] = await Promise.all([obstaclesOf(platform, target), orderOf(platform, target, reason)]);
  if (dryRun) {
    await auditLook(platform, staff, look);
    const data = reportOf(obstacles.length > 0 ? 'refused' : 'possible', {
      ...order,
      obstacles,
      closedAt: target.closedAt ?? null,
    });
    return { ok: true, data } as const;
  }
  const [first] = obstacles;
  if (first !== undefined) return { ok: false, code: 'ERASURE_REFUSED', params: { why: WHY[first][locale] } } as const;
  const seen = await readApproval(tables.ledger, order.reference);
  const approval = approvalOf(staff, order, seen, clock.now());
  return approval ? begin(platform, staff, order, approval) : ask(platform, staff, order, seen);
};
