import type { Measured } from '../contracts/metrics.ts';
import type { Clock } from './clock.ts';
import { createMetadata } from './embedded-metrics.ts';
import { LOG_MESSAGES, type LogFields, type LogMessage } from './log-messages.ts';

/** Writes a line; what was `measured` becomes metrics of CloudWatch, where the function has a namespace for them. */
export type Log = (message: LogMessage, fields?: LogFields, measured?: Measured) => void;

/** Lines of a stack that are kept: enough to find the place. */
const STACK_LINES = 8;

/**
 * What may be told of an error: its name and where it came from. Not its message, since messages of
 * libraries quote their input (SES quotes addresses, parsers quote bodies).
 */
export const describeError = (error: unknown): Pick<LogFields, 'error' | 'stack'> => {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: error.name, stack: frames.slice(0, STACK_LINES).map((line) => line.trim()) };
};

/**
 * A logger of one JSON object a line, each carrying what `base` holds at that moment.
 *
 * @param namespace of the metrics; without it nothing is measured.
 */
export const createLog = (
  clock: Clock,
  base: LogFields,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  namespace?: string,
): Log => {
  const metadata = namespace === undefined ? undefined : createMetadata(namespace);
  return (message, fields, measured) => {
    const now = clock.now();
    const time = new Date(now).toISOString();
    const line = JSON.stringify({ level: LOG_MESSAGES[message], time, message, ...base, ...fields, ...measured });
    write(measured && metadata ? `${line.slice(0, -1)},"_aws":${metadata(measured, now)}}` : line);
  };
};
