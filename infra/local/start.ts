import { join } from 'node:path';
import { ROOT } from '../bundles.ts';

import { offerDemoAccounts } from './demo/demo.ts';
import { requireFreePort } from './ports.ts';
import { prepareAssembly } from './prepare/prepare.ts';
import { readSettings, type Settings } from './settings.ts';
import type { RunningStack } from './running-stack.ts';
import { startLocalStack } from './stack.ts';
import { StartError } from './errors.ts';

export const STAGE = 'local';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the process with a message. */
export const exitWith = (error: unknown): never => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
};

const start = async (settings: Settings, dataDirectory: string): Promise<RunningStack> => {
  const { port, adminPort, fresh, dynamodbEndpoint, functionsAs } = settings;
  await requireFreePort(port, 'PORT');
  await requireFreePort(adminPort, 'ADMIN_PORT');
  return startLocalStack({
    assembly: () => prepareAssembly({ root: ROOT, stage: STAGE }),
    dataDirectory,
    fresh,
    port,
    adminPort,
    dynamodbEndpoint,
    functionsAs,
    log: console.log,
    onFailure: (what) => exitWith(new StartError(what)),
  });
};

const leave = (): never => process.exit(1);

const stopOnSignals = (stopAll: () => Promise<void>): void => {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // Whoever asks twice does not want to wait for requests under way.
    if (stopping) process.exit(1);
    stopping = true;
    await stopAll();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void stop().catch(exitWith));
};

/** Something that runs beside the stack. */
export interface Companion {
  readonly stop: () => Promise<void>;
}

/** Runs the stack, and what goes with it, until a signal comes. Reads the command line and the environment. */
export const run = async (accompany?: (stack: RunningStack) => Promise<Companion>): Promise<void> => {
  // Lambda runs in UTC, and worker threads share this process's time zone.
  process.env['TZ'] = 'UTC';
  // Until the stack runs, leaving at once is enough: what was started so far ends with this process.
  for (const signal of SIGNALS) process.on(signal, leave);
  const settings = readSettings(process.argv.slice(2), process.env);
  const dataDirectory = settings.dataDirectory ?? join(ROOT, '.local');
  const stack = await start(settings, dataDirectory);
  const companion = await accompany?.(stack);
  if (stack.hasNewData && !settings.empty) await offerDemoAccounts(stack, console.log);
  for (const signal of SIGNALS) process.off(signal, leave);
  stopOnSignals(async () => {
    await companion?.stop();
    await stack.stop();
  });
  console.log(`inbox ${stack.inboxUrl}`);
  console.log(`outbox ${stack.outboxUrl}`);
  console.log(`data ${dataDirectory}`);
  console.log(`docs ${stack.url}/docs`);
  if (stack.adminUrl !== undefined) console.log(`admin ${stack.adminUrl}`);
  console.log(`ready ${stack.url}`);
};

if (import.meta.main) await run().catch(exitWith);
