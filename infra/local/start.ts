import { join } from 'node:path';
import { ROOT } from '../bundles.ts';
import { requireFreePort } from './ports.ts';
import { prepareAssembly } from './prepare/prepare.ts';
import { readSettings, type Settings } from './settings.ts';
import { type RunningStack, startLocalStack } from './stack.ts';
import { StartError } from './errors.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const exitWith = (error: unknown): never => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
};

const start = async (settings: Settings, dataDirectory: string): Promise<RunningStack> => {
  const { port, adminPort, fresh, dynamodbEndpoint } = settings;
  await requireFreePort(port, 'PORT');
  await requireFreePort(adminPort, 'ADMIN_PORT');
  return startLocalStack({
    assembly: () => prepareAssembly({ root: ROOT, stage: 'local' }),
    dataDirectory,
    fresh,
    port,
    dynamodbEndpoint,
    log: console.log,
    onFailure: (what) => exitWith(new StartError(what)),
  });
};

const leave = (): never => process.exit(1);

const stopOnSignals = (stack: RunningStack): void => {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // Whoever asks twice does not want to wait for requests under way.
    if (stopping) process.exit(1);
    stopping = true;
    await stack.stop();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void stop().catch(exitWith));
};

const main = async (): Promise<void> => {
  // Lambda runs in UTC, and worker threads share this process's time zone.
  process.env['TZ'] = 'UTC';
  // Until the stack runs, leaving at once is enough: what was started so far ends with this process.
  for (const signal of SIGNALS) process.on(signal, leave);
  const settings = readSettings(process.argv.slice(2), process.env);
  const dataDirectory = settings.dataDirectory ?? join(ROOT, '.local');
  const stack = await start(settings, dataDirectory);
  for (const signal of SIGNALS) process.off(signal, leave);
  stopOnSignals(stack);
  console.log(`inbox ${stack.inboxUrl}`);
  console.log(`outbox ${stack.outboxUrl}`);
  console.log(`data ${dataDirectory}`);
  console.log(`ready ${stack.url}`);
};

if (import.meta.main) await main().catch(exitWith);
