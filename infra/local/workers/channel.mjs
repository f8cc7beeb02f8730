/*
 * The way to the stack: a port when this is a thread, IPC when it is a process of its own. Both hand over the same
 * data at the start and carry the same messages.
 */
import { existsSync, readFileSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

const NOTHING_TO_TRANSFER = [];

const STATUS = '/proc/self/status';

const threadChannel = () => ({
  data: workerData,
  report: (message) => parentPort.postMessage(message, NOTHING_TO_TRANSFER),
  listen: (listener) => parentPort.on('message', listener),
});

/**
 * The most memory that this process ever held, in bytes. Linux counts what the parent held at the fork into
 * getrusage's maximum, and not into VmHWM.
 */
const peakRssBytes = () => {
  const inLinux = /^VmHWM:\s+(\d+) kB$/m.exec(existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '')?.[1];
  return (inLinux ? Number(inLinux) : process.resourceUsage().maxRSS) * 1024;
};

const processChannel = () => {
  const [data] = process.argv.splice(2, 1);
  const report = (message, done = () => {}) => {
    const measured = message.type === 'output' ? message : { ...message, peakRssBytes: peakRssBytes() };
    process.send(measured, undefined, undefined, done);
  };
  // Nothing else ends this process when the stack is killed.
  process.on('disconnect', () => process.exit());
  // A thread's host reports these by itself. What the process is like afterwards nobody knows, so it ends.
  process.on('uncaughtException', (error) => {
    report({ ...errorOf(error), ends: true }, () => process.exit(1));
  });
  return { data: JSON.parse(data), report, listen: (listener) => process.on('message', listener) };
};

/** What was thrown, as a message. */
export const errorOf = (error) => {
  const isError = error instanceof Error;
  return {
    type: 'error',
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? (error.stack ?? '') : '',
  };
};

export const openChannel = () => (isMainThread ? processChannel() : threadChannel());
