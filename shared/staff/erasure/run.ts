import { getUser } from '../../identity/user-store.ts';
import type { User } from '../../identity/user.ts';
import { readBalances } from '../../ledger/balances.ts';
import { DAY, SECOND } from '../../platform/clock.ts';
import type { JobReport } from '../../platform/job-handler.ts';
import { describeError } from '../../platform/logger.ts';
import { newAuditRecord } from '../audit-record.ts';
import { appendRecord } from '../audit-store.ts';
import { eraseAtOnce, type ErasingJob } from './at-once.ts';
import {
  type ErasureItem,
  findErasure,
  leave,
  listDue,
  markErased,
  markKept,
  postpone,
  type Queued,
} from './erasure-store.ts';
import { NOBODY } from './histories.ts';
import { eraseWhenDue } from './when-due.ts';

/** Nothing new is begun after this: what was begun by then ends before the function's 28 s are over. */
const BUDGET = 12 * SECOND;

/** Erasures looked at in a run. */
const MOST = 20;

/** The job, as the audit names who did it. */
const ACTOR = { principal: 'jobs.erasure', requestId: '-' } as const;

/** What became of one erasure in a run. */
type Outcome = 'begun' | 'kept' | 'erased' | 'held';

const atOnce = async (platform: ErasingJob, erasure: ErasureItem, queued: Queued, isOver: () => boolean) => {
  if (!(await eraseAtOnce(platform, erasure.userId)(isOver))) return 'begun';
  await platform.commit(markKept(platform.tables.users, erasure, queued));
  return 'kept';
};

const hasMoney = async ({ tables }: ErasingJob, userId: string): Promise<boolean> =>
  Object.values(await readBalances(tables.ledger, userId)).some((one) => one.available !== 0n || one.frozen !== 0n);

const whenDue = async (
  platform: ErasingJob,
  { user, erasure, queued }: { readonly user: User; readonly erasure: ErasureItem; readonly queued: Queued },
  isOver: () => boolean,
): Promise<Outcome> => {
  if (!(await eraseWhenDue(platform, user)(isOver))) return 'kept';
  const { tables, commit } = platform;
  const { userId } = user;
  const { closedAt, keepUntil } = erasure;
  const record = newAuditRecord(platform, ACTOR, {
    action: 'user.erased',
    target: { userId, username: NOBODY },
    after: { closedAt, keepUntil },
  });
  const done = await commit([...markErased(tables.users, queued), ...appendRecord(tables.audit, record)]);
  return done.committed ? 'erased' : 'kept';
};

const goOn = async (platform: ErasingJob, queued: Queued, isOver: () => boolean): Promise<Outcome> => {
  const { tables, commit, clock } = platform;
  const { userId } = queued;
  const now = clock.now();
  const [erasure, user] = await Promise.all([findErasure(tables.users, userId), getUser(tables.users, userId, now)]);
  if (!erasure || !user) {
    // A registration that lapsed meanwhile: its names are free, and what it left goes.
    if (!(await eraseAtOnce(platform, userId)(isOver))) return 'begun';
    await commit([leave(tables.users, queued)]);
    return 'erased';
  }
  const isOpen = user.legalHold === true || (await hasMoney(platform, userId));
  if (isOpen) {
    await commit(postpone(tables.users, queued, now + DAY));
    return 'held';
  }
  if (erasure.state === 'begun') return atOnce(platform, erasure, queued, isOver);
  if (now >= erasure.keepUntil) return whenDue(platform, { user, erasure, queued }, isOver);
  await commit(postpone(tables.users, queued, erasure.keepUntil));
  return 'kept';
};

/**
 * Goes on with the erasures that are due, as far as its time goes; the next run does the rest. It can die between any two
 * calls: what is left is found by what leads to it, which goes last. One that fails stops no other. Under a legal hold, or
 * where money has come in, an erasure waits a day.
 *
 * @returns how many are `begun` still, had what goes at once erased (`kept`), are `erased` altogether, were `held` or `failed`.
 */
export const runErasures = async (platform: ErasingJob): Promise<JobReport> => {
  const { tables, clock, log } = platform;
  const startedAt = clock.now();
  const isOver = (): boolean => clock.now() - startedAt > BUDGET;
  const counts = { begun: 0, kept: 0, erased: 0, held: 0, failed: 0 };
  for (const queued of await listDue(tables.users, startedAt, MOST)) {
    if (isOver()) break;
    try {
      counts[await goOn(platform, queued, isOver)] += 1;
    } catch (error) {
      counts.failed += 1;
      log('ERASURE_LEFT', { userId: queued.userId, ...describeError(error) });
    }
  }
  return counts;
};
