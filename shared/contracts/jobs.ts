import { JOB_VARIABLES, METRIC_VARIABLES, type VariableName, variablesOfUses } from './environment.ts';
import type { MetricName } from './metrics.ts';
import type { StreamedTable, Uses } from './resources.ts';

/** A function that nobody calls, declared like an endpoint. */
interface Job {
  /** `jobs.<name>`: also the function's file and name. */
  readonly id: `jobs.${string}`;
  readonly summary: string;
  readonly uses: Uses;
  readonly variables: readonly (typeof JOB_VARIABLES)[number][];
}

/** A job that runs by the clock. */
export interface ScheduledJob extends Job {
  /** How often, as EventBridge writes it. */
  readonly schedule: `rate(${string})`;
  readonly stream?: never;
  /** The metrics that counts of its report become. */
  readonly metrics?: Readonly<Record<string, MetricName>>;
}

/** What happened to an item, in the stream's words. Deletions start no job. */
export type StreamChange = 'INSERT' | 'MODIFY';

/** The changes that start a job, and how long one that fails is tried again while all after it on its shard wait. */
export interface StreamSource {
  readonly table: StreamedTable;
  readonly changes: readonly StreamChange[];
  /** Changes that one run gets at most. */
  readonly batchSize: number;
  /** Tries after the first. A change that outlasts them is named in the job's failure queue, and left behind. */
  readonly retries: number;
  /** Age at which a change is given up, whatever tries are left. At most 24, when the stream forgets it. */
  readonly maxAgeHours: number;
}

/** A job that runs by the changes of a table, each in the order of its item. */
export interface StreamJob extends Job {
  readonly stream: StreamSource;
  readonly schedule?: never;
  readonly metrics?: never;
}

export type JobSpec = ScheduledJob | StreamJob;

export const priceFeed = {
  id: 'jobs.price-feed',
  summary: 'Read prices from the source of the stage into the market table',
  schedule: 'rate(1 minute)',
  uses: { market: ['query', 'put'] },
  metrics: { prices: 'PricesKept', oldestMs: 'PriceAge' },
  variables: ['PRICE_SOURCE'],
} as const satisfies ScheduledJob;

/** What sending a queued mail takes: its item, and the user, the code and the transfer that it is about. */
const MAIL_USES = {
  users: ['get', 'put'],
  ephemeral: ['get', 'put', 'update'],
  ledger: ['get', 'update'],
  mail: 'send',
} as const satisfies Uses;

export const mailSender = {
  id: 'jobs.mail-sender',
  summary: 'Send each mail that a transaction has put into the outbox',
  // A mail that fails is left to the sweeper, so what comes again is poison or a table out of reach.
  stream: { table: 'outbox', changes: ['INSERT'], batchSize: 10, retries: 2, maxAgeHours: 1 },
  uses: { ...MAIL_USES, outbox: ['get', 'update', 'delete'] },
  variables: ['PUBLIC_URL'],
} as const satisfies StreamJob;

export const mailSweeper = {
  id: 'jobs.mail-sweeper',
  summary: 'Send the mails that the stream lost, and those that could not be sent before',
  schedule: 'rate(1 minute)',
  uses: { ...MAIL_USES, outbox: ['get', 'query', 'update', 'delete'] },
  metrics: { oldestMs: 'OutboxAge' },
  variables: ['PUBLIC_URL'],
} as const satisfies ScheduledJob;

export const transferExpiry = {
  id: 'jobs.transfer-expiry',
  summary: 'End the transfers that were not confirmed in time, and give their money back',
  schedule: 'rate(1 minute)',
  uses: { ledger: ['get', 'query', 'put', 'update', 'delete'], outbox: ['put'] },
  metrics: { expired: 'TransfersExpired', failed: 'TransfersNotExpired' },
  variables: [],
} as const satisfies ScheduledJob;

export const ledgerReconciler = {
  id: 'jobs.ledger-reconciler',
  summary: 'Prove the ledger part by part, over and over',
  // A run passes 20,000 items at most (shared/ledger/verify/reconcile.ts). With what each is held against that is some
  // 36,000 read units, 10 million a day: one or two US dollars a day on demand, however large the ledger is. What is
  // smaller is proved anew every five minutes; 5.7 million items take a day.
  schedule: 'rate(5 minutes)',
  uses: { ledger: ['scan', 'query', 'get', 'batchGet', 'put'] },
  metrics: {
    items: 'LedgerItemsProved',
    problems: 'LedgerProblems',
    endedPasses: 'LedgerPassesEnded',
    passAgeMs: 'LedgerPassAge',
  },
  variables: [],
} as const satisfies ScheduledJob;

export const auditArchive = {
  id: 'jobs.audit-archive',
  summary: 'Copy each audit record to where nobody can change it',
  // As often and as long as the stream can: a record that is not copied by then is still in the table.
  stream: { table: 'audit', changes: ['INSERT'], batchSize: 25, retries: 10_000, maxAgeHours: 24 },
  uses: { buckets: { auditArchive: ['create'] } },
  variables: [],
} as const satisfies StreamJob;

export const documentSweeper = {
  id: 'jobs.document-sweeper',
  summary: 'Delete documents that were replaced, and those whose upload died before it was entered',
  schedule: 'rate(15 minutes)',
  uses: { kyc: ['query', 'delete'], buckets: { documents: ['delete'] } },
  variables: [],
} as const satisfies ScheduledJob;

export const erasure = {
  id: 'jobs.erasure',
  summary: 'Erase what staff ordered to be erased of users, and years later what law had kept of them',
  schedule: 'rate(5 minutes)',
  uses: {
    users: ['get', 'query', 'put', 'update', 'delete'],
    kyc: ['get', 'query', 'put', 'delete'],
    ledger: ['get', 'query', 'update', 'delete'],
    ephemeral: ['query', 'delete'],
    outbox: ['query', 'delete'],
    audit: ['append'],
  },
  metrics: { failed: 'ErasuresLeft' },
  variables: [],
} as const satisfies ScheduledJob;

export const JOBS: readonly JobSpec[] = [
  priceFeed,
  mailSender,
  mailSweeper,
  transferExpiry,
  ledgerReconciler,
  auditArchive,
  documentSweeper,
  erasure,
];

/** The environment variables of a job's function. */
export const environmentOfJob = (job: JobSpec): readonly VariableName[] => [
  ...job.variables,
  ...METRIC_VARIABLES,
  ...variablesOfUses(job.uses),
];
