import { UsageError } from '../admin/errors.ts';
import { HELP, readOptions } from './options.ts';
import { smoke } from './run.ts';

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (): Promise<number> => {
  try {
    const target = readOptions(process.argv.slice(2), process.env);
    if (target !== 'help') return (await smoke(target, print)) ? EXIT.done : EXIT.failed;
    print(HELP);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nSee: npm run smoke -- --help\n`);
    return EXIT.usage;
  }
};

if (import.meta.main) process.exitCode = await run();
