import { parseArgs } from 'node:util';
import type { Command, Context } from './command.ts';
import { told, UsageError } from './errors.ts';
import { commandHelp, overview } from './help.ts';

/** Where a run prints to, a text without the line's end at a time. */
export interface Output {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const startsWith = (args: readonly string[], words: readonly string[]): boolean =>
  words.every((word, index) => args[index] === word);

const findCommand = (commands: readonly Command[], args: readonly string[]): Command | undefined =>
  commands.find(({ name }) => startsWith(args, name.split(' ')));

interface Given {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
  readonly help: boolean;
}

const parseOptions = (command: Command, args: readonly string[]) => {
  const own = Object.keys(command.options).map((name) => [name, { type: 'string' }] as const);
  const options = { ...Object.fromEntries(own), json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: args.slice(command.name.split(' ').length), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

const parseGiven = (command: Command, args: readonly string[]): Given => {
  const { values, positionals } = parseOptions(command, args);
  const [excess] = positionals.slice(command.words.length);
  if (excess !== undefined) throw new UsageError(`"${excess}" is more than "${command.name}" takes.`);
  const given: Record<string, string | undefined> = {};
  for (const [index, word] of command.words.entries()) given[word] = positionals[index];
  for (const [name, value] of Object.entries(values)) if (typeof value === 'string') given[name] = value;
  return { values: given, json: Boolean(values.json), help: Boolean(values.help) };
};

const perform = async (
  commands: readonly Command[],
  args: readonly string[],
  context: () => Context,
  output: Output,
) => {
  const command = findCommand(commands, args);
  if (!command) {
    const typed = args.filter((word) => !word.startsWith('-'));
    const related = commands.filter(({ name }) => typed[0] !== undefined && startsWith(name.split(' '), typed));
    if (typed.length > 0 && related.length === 0) throw new UsageError(`There is no command "${typed.join(' ')}".`);
    output.print(overview(related.length > 0 ? related : commands));
    return args.includes('--help') ? EXIT.done : EXIT.usage;
  }
  const { values, json, help } = parseGiven(command, args);
  if (help) {
    output.print(commandHelp(command));
    return EXIT.done;
  }
  const { data, text, failed = false } = await command.run(values, context());
  output.print(json ? JSON.stringify(data, undefined, 2) : text);
  return failed ? EXIT.failed : EXIT.done;
};

/** Runs a command line and returns the code that the process is to end with. */
export const runCommand = async (
  commands: readonly Command[],
  args: readonly string[],
  context: () => Context,
  output: Output,
): Promise<number> => {
  try {
    return await perform(commands, args, context, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.complain(`${error.message}\nSee: npm run admin -- --help`);
      return EXIT.usage;
    }
    output.complain(told(error));
    return EXIT.failed;
  }
};
