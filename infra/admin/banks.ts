import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import * as z from 'zod/mini';
import type { BankWithBranches } from '../../shared/contracts/bank-fields.ts';
import { staffBanks } from '../../shared/contracts/staff/banks.ts';
import { PART_LIMITS, staffBanksPart } from '../../shared/contracts/staff/banks-part.ts';
import { reason } from '../../shared/contracts/staff/fields.ts';
import { readBanks } from './bank-file.ts';
import { type Command, type Context, defineCommand } from './command.ts';
import { CommandError } from './errors.ts';
import { table } from './text.ts';

/** Lines of one kind of change that are shown to people; all of them are in the data. */
const SHOWN = 20;

const branchesOf = (banks: readonly BankWithBranches[]): number =>
  banks.reduce((sum, { branches }) => sum + branches.length, 0);

/** Parts that the API takes, each a request. */
export const partsOf = (banks: readonly BankWithBranches[]): readonly BankWithBranches[][] => {
  const parts: BankWithBranches[][] = [];
  for (const bank of banks) {
    const last = parts.at(-1);
    const fits = last && last.length < PART_LIMITS.banks && branchesOf([...last, bank]) <= PART_LIMITS.branches;
    if (fits) last.push(bank);
    else parts.push([bank]);
  }
  return parts;
};

type Changes = z.output<typeof staffBanks.data>;

const counted = (changes: Changes): string =>
  table(
    ['', 'added', 'renamed', 'removed'],
    (['banks', 'branches'] as const).map((kind) => {
      const { added, renamed, removed } = changes[kind];
      return [kind, added.length, renamed.length, removed.length];
    }),
  );

const listed = (what: string, lines: readonly string[]): readonly string[] => {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more; --json has all`] : [];
  return [`${what}:`, ...lines.slice(0, SHOWN).map((line) => `  ${line}`), ...more];
};

const details = ({ banks, branches }: Changes): readonly string[] => [
  ...listed(
    'Banks added',
    banks.added.map(({ code, name }) => `${code} ${name}`),
  ),
  ...listed(
    'Banks renamed',
    banks.renamed.map(({ code, from, to }) => `${code} ${from} → ${to}`),
  ),
  ...listed(
    'Banks removed',
    banks.removed.map(({ code, name }) => `${code} ${name}`),
  ),
  ...listed(
    'Branches added',
    branches.added.map(({ bank, code, name }) => `${bank} ${code} ${name}`),
  ),
  ...listed(
    'Branches renamed',
    branches.renamed.map(({ bank, code, from, to }) => `${bank} ${code} ${from} → ${to}`),
  ),
  ...listed(
    'Branches removed',
    branches.removed.map(({ bank, code, name }) => `${bank} ${code} ${name}`),
  ),
];

const read = async (file: string, { readFile }: Context): Promise<Uint8Array> => {
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${file} cannot be read: ${why}`, { cause: error });
  }
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const importBanks = defineCommand({
  name: 'banks import',
  summary: "Import the clearing house's CSV of banks and branches, in place of the one before; tells what changed",
  words: ['file'],
  options: { reason: { value: '<text>', help: "why; the file's name and digest, unless given" } },
  input: z.object({ file: z.string().check(z.minLength(1)), reason: z.optional(reason) }),
  run: async (input, context) => {
    const bytes = await read(input.file, context);
    const { banks, notes } = readBanks(input.file, bytes);
    const why = input.reason ?? `${basename(input.file).slice(0, 200)}, SHA-256 ${digestOf(bytes)}`;
    const importId = context.newId();
    for (const part of partsOf(banks)) {
      const request = { params: { importId }, body: { banks: part, reason: why } };
      await context.call(staffBanksPart, request, staffBanksPart.data);
    }
    const branches = branchesOf(banks);
    const body = { importId, banks: banks.length, branches, reason: why };
    const changes = await context.call(staffBanks, { body }, staffBanks.data);
    const data = { importId, imported: { banks: banks.length, branches }, changes, notes };
    const head = `Imported ${banks.length} banks with ${branches} branches.`;
    return { data, text: [head, counted(changes), ...details(changes), ...notes].join('\n') };
  },
});

export const BANK_COMMANDS: readonly Command[] = [importBanks];
