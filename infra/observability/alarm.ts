import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

/** Whom an alarm calls: `page` wakes somebody, `ticket` waits for the next working day. */
export type Severity = 'page' | 'ticket';

/** The chapters of docs/runbooks.md that alarms lead to, as GitHub writes their anchors. */
export const CHAPTERS = [
  'the-api-answers-with-errors',
  'the-api-is-slow',
  'functions-are-throttled',
  'a-table-is-throttled',
  'a-failure-queue-is-not-empty',
  'mails-wait-in-the-outbox',
  'a-mail-was-set-aside',
  'a-job-falls-behind-its-stream',
  'the-ledger-does-not-balance',
  'the-ledger-is-not-proved',
  'transfers-do-not-expire',
  'prices-are-stale',
  'mails-bounce-or-are-complained-of',
  'text-messages-cost-much-or-are-refused',
  'erasures-do-not-go-on',
] as const;

export type Chapter = (typeof CHAPTERS)[number];

/** One alarm. */
export interface AlarmDefinition {
  /** Part of its name. */
  readonly id: string;
  readonly severity: Severity;
  /** What the user feels, in one sentence. */
  readonly feels: string;
  readonly runbook: Chapter;
  /** Its period is how often it is looked at. */
  readonly metric: IMetric;
  /** Whether it goes off at the level and above, or below it. */
  readonly when: 'reached' | 'below';
  readonly level: number;
  /** How many periods in a row. */
  readonly periods: number;
  /**
   * What it means that nothing was measured: `bad` where something measures as long as it is alive, `good` where only
   * trouble is counted, `unknown` where the state before it holds.
   */
  readonly silence: 'bad' | 'good' | 'unknown';
}

export const alarmName = (stage: Pick<Stage, 'name'>, id: string): string => stackName(stage, id);
