import type { Code } from '../contracts/codes/catalogue.ts';
import type { LedgerProblemKind } from '../contracts/ledger-problems.ts';

/**
 * Every message the system can log, with its level. Closed on purpose: what is not a message or one of
 * the fields of `LogFields` cannot reach a log line, so no secret can by accident.
 */
export const LOG_MESSAGES = {
  REQUEST: 'info',
  REQUEST_FAILED: 'error',
  JOB: 'info',
  JOB_FAILED: 'error',
  RECORD_FAILED: 'error',
  OUTPUT_INVALID: 'error',
  DEADLINE_EXCEEDED: 'error',
  /** A mail of the outbox that the provider took. */
  MAIL_SENT: 'info',
  MAIL_NOT_SENT: 'error',
  /** A mail of the outbox that the provider did not take now; it is tried again. */
  MAIL_POSTPONED: 'warn',
  /** A mail of the outbox that is there still, and will be tried again. */
  MAIL_FAILED: 'error',
  /** A mail of the outbox that nobody will send until somebody has looked. */
  MAIL_PARKED: 'error',
  /** A transfer whose time is over and that could not be ended; the next run tries again. */
  TRANSFER_NOT_EXPIRED: 'error',
  /** Something in the ledger that must not be. Logged once a pass of the reconciler, for as long as it is there. */
  LEDGER_PROBLEM: 'error',
  SMS_SENT: 'info',
  SMS_NOT_SENT: 'error',
  /** Somebody was refused a text because the stage has sent all that it may in a day: heavy use, or abuse. */
  TEXTS_EXHAUSTED: 'error',
  SESSION_NOT_EXTENDED: 'warn',
  /** That an API key was used could not be written. */
  API_KEY_NOT_MARKED: 'warn',
  COUNTER_FAILED: 'error',
  COUNTER_NOT_TRIMMED: 'warn',
  AUDIT_FAILED: 'error',
  /** An erasure that could not go on; the next run tries again. */
  ERASURE_LEFT: 'error',
  /** An object that nothing refers to any more and that could not be deleted. */
  OBJECT_LEFT: 'warn',
} as const satisfies Record<string, 'info' | 'warn' | 'error'>;

export type LogMessage = keyof typeof LOG_MESSAGES;

/** The allow-list of fields. None may hold a password, token, code, key, phone, ID number, mail address or body. */
export interface LogFields {
  readonly requestId?: string;
  /** Of the request that what is done now follows: the one that queued the mail, or appended the record. */
  readonly originRequestId?: string | undefined;
  readonly endpoint?: string;
  readonly userId?: string;
  /** ARN of who of the staff called. */
  readonly principal?: string;
  readonly status?: number;
  readonly code?: number;
  /** Key of that code in the catalogue. */
  readonly outcome?: Code;
  readonly durationMs?: number;
  /** When a rate limit let the request through or refused it, in epoch milliseconds. */
  readonly countedAt?: number;
  readonly coldStart?: boolean;
  readonly error?: string;
  readonly stack?: readonly string[];
  readonly paths?: readonly string[];
  /** Where the change of a table that started a job lies in its stream; failure queues name it too. */
  readonly sequenceNumber?: string;
  /** Sort key of a mail in the outbox. */
  readonly mail?: string;
  /** Sort key of a transfer among those that wait to expire: its deadline and id. */
  readonly transfer?: string;
  /** What is wrong with the ledger, and the key of the item that it was found at. */
  readonly problem?: LedgerProblemKind;
  readonly where?: string;
  /** Key of an object in a bucket. */
  readonly objectKey?: string;
  /** Counts of a job's run. */
  readonly report?: Readonly<Record<string, number>>;
}
