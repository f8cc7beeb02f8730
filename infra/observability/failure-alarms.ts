import {
  auditArchive,
  documentSweeper,
  erasure,
  type JobSpec,
  ledgerReconciler,
  mailSender,
  mailSweeper,
  priceFeed,
  transferExpiry,
} from '../../shared/contracts/jobs.ts';
import { failureQueueName } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { AlarmDefinition } from './alarm.ts';
import { awsMetric } from './measures.ts';

/** What people feel when a job gives up. Where the next run does it all the same, they feel it only if that fails too. */
const FELT: readonly (readonly [JobSpec, string])[] = [
  [mailSender, 'A mail that should have followed an action comes a minute late, or never.'],
  [auditArchive, 'Nobody feels it; the archived copy of what staff did is missing.'],
  [priceFeed, 'Prices are older than they should be, until a run succeeds.'],
  [mailSweeper, 'Mails that were late already come later still, until a run succeeds.'],
  [transferExpiry, 'Money of transfers that nobody confirmed stays frozen, until a run succeeds.'],
  [ledgerReconciler, 'Nobody feels it yet: a wrong balance is found late, until a run succeeds.'],
  [documentSweeper, 'Nobody feels it; documents that were replaced are kept, until a run succeeds.'],
  [erasure, 'Data that are to be erased are there still, until a run succeeds.'],
];

/** Something in the failure queue of a job. */
export const failureAlarms = (stage: Stage): readonly AlarmDefinition[] =>
  FELT.map(([{ id }, feels]) => ({
    id: `${id.slice('jobs.'.length)}-failures`,
    severity: 'ticket',
    feels,
    runbook: 'a-failure-queue-is-not-empty',
    metric: awsMetric(
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      { QueueName: failureQueueName(stage, id) },
      'Maximum',
    ),
    when: 'reached',
    level: 1,
    periods: 1,
    silence: 'unknown',
  }));
