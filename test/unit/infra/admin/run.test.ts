import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { type Command, type Context, defineCommand } from '../../../../infra/admin/command.ts';
import { COMMANDS } from '../../../../infra/admin/commands.ts';
import { CommandError } from '../../../../infra/admin/errors.ts';
import { runCommand } from '../../../../infra/admin/run.ts';
import { table } from '../../../../infra/admin/text.ts';

const CONTEXT: Context = {
  call: () => Promise.reject(new CommandError('Nobody is called.')),
  readFile: () => Promise.reject(new Error('no such file')),
  now: () => 0,
  newId: () => 'id',
  aws: () => {
    throw new Error('No AWS in this test.');
  },
};

const greet = defineCommand({
  name: 'people greet',
  summary: 'Greet a person',
  words: ['name'],
  options: { age: { value: '<years>', help: 'how old' } },
  input: z.object({ name: z.string().check(z.minLength(2)), age: z.optional(z.coerce.number().check(z.int())) }),
  run: ({ name, age }) =>
    name === 'nobody'
      ? Promise.reject(new CommandError('Refused: nobody is there.'))
      : Promise.resolve({ data: { name, age }, text: `Hello ${name}` }),
});

const run = async (line: string, commands: readonly Command[] = [greet]) => {
  const [printed, complaints] = [[] as string[], [] as string[]];
  const output = { print: (text: string) => printed.push(text), complain: (text: string) => complaints.push(text) };
  const code = await runCommand(commands, line.split(' ').filter(Boolean), () => CONTEXT, output);
  return { code, printed: printed.join('\n'), complaints: complaints.join('\n') };
};

describe('a command line', () => {
  it('runs its command and prints text, or data with --json', async () => {
    expect(await run('people greet ann')).toEqual({ code: 0, printed: 'Hello ann', complaints: '' });
    const { printed } = await run('people greet ann --age 7 --json');
    expect(JSON.parse(printed)).toEqual({ name: 'ann', age: 7 });
  });

  it.each([
    ['people greet', '<name>: it is required'],
    ['people greet a', '<name> is "a": '],
    ['people greet ann --age x', '--age is "x": '],
    ['people greet ann bob', '"bob" is more than "people greet" takes'],
    ['people greet ann --size 7', "Unknown option '--size'"],
    ['people meet', 'There is no command "people meet"'],
    ['nonsense --help', 'There is no command "nonsense"'],
  ])('%s makes no sense, and says why', async (line, why) => {
    const { code, printed, complaints } = await run(line);
    expect([code, printed]).toEqual([2, '']);
    expect(complaints).toContain(why);
    expect(complaints).toContain('--help');
  });

  it('tells what was refused, without a stack', async () => {
    expect(await run('people greet nobody')).toEqual({ code: 1, printed: '', complaints: 'Refused: nobody is there.' });
  });

  it('shows help, of everything, of a group and of one command', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('people greet <name>') });
    expect(await run('')).toMatchObject({ code: 2, printed: expect.stringContaining('Greet a person') });
    expect(await run('people')).toMatchObject({ code: 2, printed: expect.stringContaining('people greet') });
    const { code, printed } = await run('people greet --help');
    expect(code).toBe(0);
    expect(printed).toContain('Usage: npm run admin -- people greet <name> [options]');
    expect(printed).toContain('--age <years>');
  });
});

describe('the commands', () => {
  it('have names of their own, none of which hides another', () => {
    const names = COMMANDS.map(({ name }) => name);
    const hidden = names.filter((name) => names.some((other) => name !== other && name.startsWith(`${other} `)));
    expect([names.length, hidden]).toEqual([new Set(names).size, []]);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))('%s has help', async (name, { summary }) => {
    const { code, printed } = await run(`${name} --help`, COMMANDS);
    expect(code).toBe(0);
    expect(printed).toContain(summary);
  });

  it('say which file cannot be read', async () => {
    expect(await run('banks import missing.csv', COMMANDS)).toMatchObject({
      code: 1,
      complaints: 'missing.csv cannot be read: no such file',
    });
  });
});

describe('a table', () => {
  it('lines Chinese names up, and shows nothing that moves the cursor', () => {
    const lines = table(
      ['name', 'n'],
      [
        ['臺灣銀行', 1],
        ['a\u001b[2Jb\n', null],
      ],
    ).split('\n');
    expect(lines[1]).toBe('│ name     │ n │');
    expect(lines[3]).toBe('│ 臺灣銀行 │ 1 │');
    expect(lines[5]).toBe('│ a [2Jb   │ - │');
  });
});
