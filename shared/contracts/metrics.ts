import type { Code } from './codes/catalogue.ts';

/** What a metric is counted by, each a field of the log line that carries it. CloudWatch bills every pair of values. */
type MetricDimension = 'endpoint' | 'outcome';

interface MetricDefinition {
  /** As CloudWatch has units. */
  readonly unit: 'Count' | 'Milliseconds';
  readonly by: readonly MetricDimension[];
}

const BY_FUNCTION = ['endpoint'] as const;
const count = { unit: 'Count', by: BY_FUNCTION } as const;
const milliseconds = { unit: 'Milliseconds', by: BY_FUNCTION } as const;

/**
 * Every metric that functions measure. Closed on purpose, like the messages of the log: alarms and the dashboard name
 * metrics by this list, so that none of them looks at one that nobody sends. What a metric is worth is in
 * docs/decisions/0010-metrics-in-the-log-line.md.
 */
export const METRICS = {
  /** Of a request, from its arrival in the function. How many samples it has is how many requests there were. */
  Latency: { unit: 'Milliseconds', by: ['endpoint', 'outcome'] },
  Registrations: count,
  LoginsSucceeded: count,
  /** Wrong passwords and unknown names. */
  LoginsFailed: count,
  /** Too many failures, a missing captcha, a status that cannot log in. */
  LoginsRefused: count,
  SecondFactorsPassed: count,
  SecondFactorsFailed: count,
  KycLevel1Passed: count,
  KycLevel1Reopened: count,
  KycLevel2Applied: count,
  KycLevel2Approved: count,
  KycLevel2Rejected: count,
  KycLevel3Applied: count,
  KycLevel3Approved: count,
  KycLevel3Rejected: count,
  TransfersRequested: count,
  TransferLinksFollowed: count,
  TransfersConfirmed: count,
  TransfersCancelled: count,
  TransfersExpired: count,
  /** Could not be ended, and are tried again. */
  TransfersNotExpired: count,
  Conversions: count,
  Payments: count,
  MailsSent: count,
  /** Tried again later. */
  MailsPostponed: count,
  /** Set aside until somebody has looked. */
  MailsParked: count,
  /** From the commit that a mail follows to the moment when SES took it. */
  MailDelay: milliseconds,
  /** Age of the oldest mail of the outbox that still waits; 0 where none does. */
  OutboxAge: milliseconds,
  TextsSent: count,
  TextsFailed: count,
  /** Refused because the stage has sent all the texts that it may in a day. */
  TextsExhausted: count,
  /** Items of the ledger that a run of the reconciler has looked at. */
  LedgerItemsProved: count,
  LedgerProblems: count,
  LedgerPassesEnded: count,
  /** Since the last whole pass ended. */
  LedgerPassAge: milliseconds,
  /** Could not go on, and are tried again. */
  ErasuresLeft: count,
  PricesKept: count,
  /** Of the oldest price in use. */
  PriceAge: milliseconds,
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

/** Values of metrics at one moment. */
export type Measured = { readonly [M in MetricName]?: number };

/** One metric, or one by the values of fields of the body, joined by a blank; other values count as nothing. */
export type Counted =
  | MetricName
  | { readonly by: readonly string[]; readonly metrics: Readonly<Record<string, MetricName>> };

/** What an answer is counted as, by its code. An answer that is given again counts as nothing. */
export type Counts = { readonly [C in Code]?: Counted };
