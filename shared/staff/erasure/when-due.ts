import { emailGuard, usernameGuard } from '../../identity/user-store.ts';
import type { User } from '../../identity/user.ts';
import { dropGuard, identityGuard, phoneGuard } from '../../kyc/guards.ts';
import { type KycRecord, recordKey } from '../../kyc/record.ts';
import { getRecord } from '../../kyc/record-store.ts';
import { leaveQueue } from '../../kyc/review-queue.ts';
import type { Key, Write } from '../../platform/writes.ts';
import { eraseAtOnce, eraseImages, type ErasingJob } from './at-once.ts';
import { drain, inOrder, remove, type Step } from './drain.ts';
import { eraseNames } from './histories.ts';

const guardsOf = ({ identityFingerprint, verifiedIdentity, phoneFingerprint }: KycRecord): readonly Key[] => [
  identityGuard(identityFingerprint),
  ...(verifiedIdentity ? [identityGuard(verifiedIdentity)] : []),
  ...(phoneFingerprint ? [phoneGuard(phoneFingerprint)] : []),
];

const reviewsOf = ({ tables }: ErasingJob, { userId, requestedAt }: KycRecord): readonly Write[] =>
  requestedAt === undefined
    ? []
    : ([2, 3] as const).map((level) => leaveQueue(tables.kyc, { level, userId, requestedAt }));

/** Guards and places in queues are found by the record, so it goes after them. Guards of others stay: they are refused. */
const identity =
  (platform: ErasingJob, userId: string): Step =>
  async (isOver) => {
    const { tables, commit } = platform;
    const ofUser = (sortPrefix: string): Step =>
      drain(platform, tables.kyc, { partition: `USER#${userId}`, sortPrefix });
    const record = await getRecord(tables.kyc, userId);
    const found = record ? guardsOf(record).map((guard) => dropGuard(tables.kyc, guard, userId)) : [];
    const writes = [...found, ...(record ? reviewsOf(platform, record) : [])];
    await Promise.all(writes.map((write) => commit([write])));
    return inOrder([
      eraseImages(platform, userId, () => true),
      ofUser('BANK_ACCOUNT#'),
      ofUser('SCREENING#'),
      remove(platform, tables.kyc, recordKey(userId)),
    ])(isOver);
  };

/** The names are free again. Those that another one has by now stay: they are refused. */
const names =
  ({ tables, commit }: ErasingJob, { userId, username, email }: Pick<User, 'userId' | 'username' | 'email'>): Step =>
  async () => {
    const own = { condition: 'userId = :userId', values: { ':userId': userId } } as const;
    const guards = [usernameGuard(username), emailGuard(email)];
    await Promise.all(guards.map((guard) => commit([tables.users.delete(guard, own)])));
    return true;
  };

/** Everything that law had kept: what `RETENTION` has as `when-due`, but for the user's item, which is what names it. */
export const eraseWhenDue = (platform: ErasingJob, user: User): Step =>
  inOrder([
    // Once more: the account is closed, but what came in between must not outlive the rest.
    eraseAtOnce(platform, user.userId),
    identity(platform, user.userId),
    eraseNames(platform, user.userId),
    names(platform, user),
  ]);
