import type { Clock } from './clock.ts';
import { LOG_MESSAGES, type LogFields, type LogMessage } from './log-messages.ts';

export type Log = (message: LogMessage, fields?: LogFields) => void;

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

/** A logger of one JSON object a line, each carrying what `base` holds at that moment. */
export const createLog =
  (clock: Clock, base: LogFields, write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Log =>
  (message, fields) => {
    const time = new Date(clock.now()).toISOString();
    write(JSON.stringify({ level: LOG_MESSAGES[message], time, message, ...base, ...fields }));
  };
