import type { Locale } from '../contracts/locale.ts';
import { IMAGES_OF_LEVEL, rejectedTypes, type staffKycDecision } from '../contracts/staff/kyc-decision.ts';
import { notified } from '../identity/acting.ts';
import { setKycLevel } from '../identity/kyc-level.ts';
import type { User } from '../identity/user.ts';
import { replaceBankAccount } from '../kyc/bank-account-store.ts';
import { listImages, type KycImage } from '../kyc/image-item.ts';
import { judgeImage } from '../kyc/image-review.ts';
import { type LevelState, type StaffEvent, transition } from '../kyc/levels.ts';
import { type KycRecord, recordPlace } from '../kyc/record.ts';
import { changeRecord, getRecord, type RecordChanges } from '../kyc/record-store.ts';
import { leaveQueue } from '../kyc/review-queue.ts';
import type { Screen } from '../kyc/screening.ts';
import type { Message } from '../mail/notices.ts';
import type { Platform } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { commitAudited } from './audit.ts';
import { auditedLevels } from './kyc-audited.ts';
import { screenUser } from './screening.ts';
import { type Decision, judge, type Judged, reasonsAfter, rejectionsOf } from './kyc-verdicts.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget, inLanguageOf } from './target.ts';

type Deciding = Platform<(typeof staffKycDecision)['uses']>;

/** What was read of the user that is decided about. */
interface Case {
  readonly target: User;
  readonly record: KycRecord;
  readonly images: readonly KycImage[];
}

const eventOf = ({ level, decision }: Decision): StaffEvent | undefined => {
  if (level === 1) return decision === 'reject' ? 'reopen-level-1' : undefined;
  return `${decision}-level-${level}`;
};

/** The account applied for, from where it waited to where accepted ones are. `undefined` when none was applied for. */
const acceptAccount = async (
  { tables, secrets, clock }: Deciding,
  { record }: Case,
): Promise<readonly Write[] | undefined> => {
  const { userId, bankApplication } = record;
  if (!bankApplication) return undefined;
  const [account, accountHolder] = await Promise.all([
    secrets.bankAccount.decrypt(bankApplication.account, recordPlace(userId, 'bankApplication.account')),
    secrets.identity.decrypt(record.name, recordPlace(userId, 'name')),
  ]);
  const { bankCode, bankName, branchName } = bankApplication;
  const accepted = {
    currency: 'TWD',
    bankCode,
    bankName,
    branchName,
    account: String(account),
    accountHolder: String(accountHolder),
    swiftCode: '',
  };
  return replaceBankAccount({ table: tables.kyc, secret: secrets.bankAccount }, userId, accepted, clock.now());
};

const mailOf = ({ level, decision, reason }: Decision, judged: readonly Judged[], at: number): Message =>
  decision === 'approve'
    ? { kind: 'kyc-approved', facts: { at, level } }
    : { kind: 'kyc-rejected', facts: { at, level, reason, images: rejectionsOf(judged) } };

const changesOf = (
  decision: Decision,
  record: KycRecord,
  next: LevelState,
  judged: readonly Judged[],
): RecordChanges => ({
  level1: next.level1,
  level2: next.level2,
  level3: next.level3,
  accountAccepted: next.accountAccepted,
  rejectReasons: reasonsAfter(decision, record, judged),
  requestedAt: undefined,
  ...(decision.level === 3 && decision.decision === 'approve' && { bankApplication: undefined }),
});

/** Everything that a decision changes, aside from the account. */
const writesOf = (
  platform: Deciding,
  decision: Decision,
  { target, record }: Case,
  {
    judged,
    next,
    kycLevel,
  }: { readonly judged: readonly Judged[]; readonly next: LevelState; readonly kycLevel: User['kycLevel'] },
): readonly Write[] => {
  const { tables, clock } = platform;
  const { level } = decision;
  const { userId, requestedAt } = record;
  const clears = level === 2 && decision.decision === 'approve' ? 'clear' : undefined;
  return [
    changeRecord(tables.kyc, record, changesOf(decision, record, next, judged)),
    ...judged.map(({ image, verdict }) => judgeImage(tables.kyc, userId, image, verdict)),
    ...(level !== 1 && requestedAt !== undefined ? [leaveQueue(tables.kyc, { level, userId, requestedAt })] : []),
    ...(kycLevel === target.kycLevel ? [] : [setKycLevel(tables.users, target, kycLevel, clears)]),
    notified(platform, target, inLanguageOf(target), mailOf(decision, judged, clock.now())),
  ];
};

/** Whether the images that a decision rejects, or a level that it approves asks for, are there. */
const hasImages = (decision: Decision, images: readonly KycImage[]): boolean => {
  const needed = decision.decision === 'approve' ? IMAGES_OF_LEVEL[decision.level] : rejectedTypes(decision);
  return needed.every((type) => images.some((image) => image.type === type));
};

/** How a decision looks people up on lists of sanctions, and speaks of it. */
interface Screening {
  readonly screen: Screen | undefined;
  readonly locale: Locale;
}

/** Who is let in at level 2 is looked up on the lists of sanctions first. */
const screened = (
  platform: Deciding,
  staff: StaffCaller,
  { level, decision, reason, screeningReviewed: reviewed = false }: Decision,
  found: Case,
  { screen, locale }: Screening,
) =>
  screenUser(
    platform,
    staff,
    level === 2 && decision === 'approve' ? screen : undefined,
    { ...found, reason, reviewed },
    locale,
  );

const decide = async (
  platform: Deciding,
  staff: StaffCaller,
  decision: Decision,
  found: Case,
  screening: Screening,
) => {
  const { target, record, images } = found;
  const event = eventOf(decision);
  const moved = event && transition(record, { by: 'staff', event });
  if (!moved?.ok || !hasImages(decision, images)) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const isAccount = decision.level === 3 && decision.decision === 'approve';
  const account = isAccount ? await acceptAccount(platform, found) : [];
  if (!account) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const cleared = await screened(platform, staff, decision, found, screening);
  if (!cleared.ok) return cleared;
  const { next, kycLevel } = moved;
  const judged = judge(decision, images);
  const after = images.map(({ type, status }) => ({
    type,
    status: judged.find((one) => one.image.type === type)?.verdict.status ?? status,
  }));
  const change = {
    action: 'kyc.decision',
    target,
    reason: decision.reason,
    before: auditedLevels(target.kycLevel, record, images),
    after: { ...auditedLevels(kycLevel, next, after), ...cleared.audited },
  } as const;
  const writes = writesOf(platform, decision, found, { judged, next, kycLevel });
  return commitAudited(platform, staff, change, [...writes, ...account, ...cleared.writes]);
};

/**
 * Decides on level 2 or 3, or reopens level 1: record, images, the user's level, the accepted account, the mail and the
 * audit record in one transaction. Of two decisions at once one is refused.
 */
export const decideKyc = async (
  platform: Deciding,
  staff: StaffCaller,
  username: string,
  decision: Decision,
  screening: Screening,
) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const [record, images] = await Promise.all([
    getRecord(tables.kyc, target.userId),
    listImages(tables.kyc, target.userId),
  ]);
  if (!record) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const looked = decision.version ?? record.version;
  if (looked !== record.version) return { ok: false, code: 'UPDATE_FAILED' } as const;
  return decide(platform, staff, decision, { target, record, images }, screening);
};
