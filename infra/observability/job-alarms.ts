import { JOBS, ledgerReconciler, type JobSpec } from '../../shared/contracts/jobs.ts';
import type { Stage } from '../stages.ts';
import type { AlarmDefinition } from './alarm.ts';
import { failureAlarms } from './failure-alarms.ts';
import { FIVE_MINUTES, functionMetric, measured } from './measures.ts';

const MINUTE_MS = 60_000;

const QUARTER = 15;

const alarmId = ({ id }: JobSpec): string => id.slice('jobs.'.length);

const behind = (stage: Stage, job: JobSpec): AlarmDefinition => ({
  id: `${alarmId(job)}-behind`,
  severity: 'ticket',
  feels: 'Mails come late, or copies of the audit are made late.',
  runbook: 'a-job-falls-behind-its-stream',
  metric: functionMetric(stage, job.id, 'IteratorAge', 'Maximum'),
  when: 'reached',
  level: stage.observability.levels.streamMinutes * MINUTE_MS,
  periods: 2,
  silence: 'good',
});

const mailAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  {
    id: 'outbox-lag',
    severity: 'page',
    feels: 'People wait for a code or a confirmation link that does not come.',
    runbook: 'mails-wait-in-the-outbox',
    metric: measured(stage, 'OutboxAge', 'Maximum'),
    when: 'reached',
    level: stage.observability.levels.outboxMinutes * MINUTE_MS,
    periods: 2,
    silence: 'bad',
  },
  {
    id: 'mail-parked',
    severity: 'ticket',
    feels: 'Somebody will never get a mail that they were promised.',
    runbook: 'a-mail-was-set-aside',
    metric: measured(stage, 'MailsParked', 'Sum'),
    when: 'reached',
    level: 1,
    periods: 1,
    silence: 'good',
  },
];

const ledgerAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  {
    id: 'ledger-imbalance',
    severity: 'page',
    feels: 'Balances that people see may be wrong, and money may have been made or lost.',
    runbook: 'the-ledger-does-not-balance',
    metric: measured(stage, 'LedgerProblems', 'Sum'),
    when: 'reached',
    level: 1,
    periods: 1,
    silence: 'good',
  },
  {
    id: 'reconciler-failed',
    severity: 'ticket',
    feels: 'Nobody feels it yet: a wrong balance would be found late.',
    runbook: 'the-ledger-is-not-proved',
    metric: functionMetric(stage, ledgerReconciler.id, 'Errors', 'Sum', QUARTER),
    when: 'reached',
    level: 1,
    periods: 1,
    silence: 'good',
  },
  {
    id: 'reconciler-stopped',
    severity: 'page',
    feels: 'Nobody feels it yet: a wrong balance would not be found at all.',
    runbook: 'the-ledger-is-not-proved',
    metric: measured(stage, 'LedgerItemsProved', 'SampleCount', QUARTER),
    when: 'below',
    level: 1,
    periods: 2,
    silence: 'bad',
  },
  {
    id: 'reconciler-behind',
    severity: 'ticket',
    feels: 'Nobody feels it yet: a wrong balance would be found a day late or later.',
    runbook: 'the-ledger-is-not-proved',
    metric: measured(stage, 'LedgerPassAge', 'Maximum'),
    when: 'reached',
    level: stage.observability.levels.ledgerPassMinutes * MINUTE_MS,
    periods: 1,
    silence: 'unknown',
  },
];

const transferAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  {
    id: 'transfers-not-expired',
    severity: 'ticket',
    feels: 'Money of transfers that nobody confirmed stays frozen in their senders’ accounts.',
    runbook: 'transfers-do-not-expire',
    metric: measured(stage, 'TransfersNotExpired', 'Sum', FIVE_MINUTES),
    when: 'reached',
    level: 1,
    periods: 3,
    // The job measures every minute, failures or none.
    silence: 'bad',
  },
];

const priceAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  {
    id: 'prices-stale',
    severity: 'page',
    feels: 'Conversions and payments in another currency are refused, and shown prices are old.',
    runbook: 'prices-are-stale',
    metric: measured(stage, 'PriceAge', 'Maximum'),
    when: 'reached',
    level: stage.observability.levels.priceMinutes * MINUTE_MS,
    periods: 1,
    // A run that gets no prices fails, and measures nothing.
    silence: 'bad',
  },
];

const erasureAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  {
    id: 'erasures-left',
    severity: 'ticket',
    feels: 'Data of people whose erasure was ordered, or whose time has come, are there still.',
    runbook: 'erasures-do-not-go-on',
    metric: measured(stage, 'ErasuresLeft', 'Sum', QUARTER),
    when: 'reached',
    level: 1,
    // What fails for a moment goes on by itself in the next run.
    periods: 2,
    // The job measures in every run, failures or none.
    silence: 'bad',
  },
];

/** What goes wrong where nobody calls: behind streams and clocks. */
export const jobAlarms = (stage: Stage): readonly AlarmDefinition[] => [
  ...failureAlarms(stage),
  ...JOBS.filter(({ stream }) => stream !== undefined).map((job) => behind(stage, job)),
  ...mailAlarms(stage),
  ...ledgerAlarms(stage),
  ...transferAlarms(stage),
  ...priceAlarms(stage),
  ...erasureAlarms(stage),
];
