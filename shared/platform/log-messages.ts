/**
 * Every message the system can log, with its level. Closed on purpose: what is not a message or one of
 * the fields of `LogFields` cannot reach a log line, so no secret can by accident.
 */
export const LOG_MESSAGES = {
  REQUEST: 'info',
  REQUEST_FAILED: 'error',
  JOB: 'info',
  JOB_FAILED: 'error',
  OUTPUT_INVALID: 'error',
  DEADLINE_EXCEEDED: 'error',
  MAIL_NOT_SENT: 'error',
  SMS_NOT_SENT: 'error',
  SESSION_NOT_EXTENDED: 'warn',
  COUNTER_FAILED: 'error',
} as const satisfies Record<string, 'info' | 'warn' | 'error'>;

export type LogMessage = keyof typeof LOG_MESSAGES;

/** The allow-list of fields. None may hold a password, token, code, key, phone, ID number, mail address or body. */
export interface LogFields {
  readonly requestId?: string;
  readonly endpoint?: string;
  readonly userId?: string;
  readonly status?: number;
  readonly code?: number;
  readonly durationMs?: number;
  /** When a rate limit let the request through or refused it, in epoch milliseconds. */
  readonly countedAt?: number;
  readonly coldStart?: boolean;
  readonly error?: string;
  readonly stack?: readonly string[];
  readonly paths?: readonly string[];
  /** Counts of a job's run. */
  readonly report?: Readonly<Record<string, number>>;
}
