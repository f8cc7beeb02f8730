import * as z from 'zod/mini';
import {
  type BankWithBranches,
  bankCode,
  bankName,
  bankWithBranches,
  branchCode,
} from '../../shared/contracts/bank-fields.ts';
import { describeIssue } from '../../shared/contracts/validation-texts.ts';
import { type CsvLine, readCsv, refusal } from './csv.ts';

/*
 * The list of all institutions that take part in transfers between banks, with their branches, as Financial Information
 * Service Co. publishes it for the Central Bank (data.gov.tw, dataset 24323, R2_Location.csv): a line each branch, and
 * lines without a branch for banks themselves. Other columns, such as addresses, are left out.
 */

/** Names of the columns that are read, as they are published in one place or another. */
const COLUMNS = {
  bank: /^(?:銀行|總行|總機構|金融機構)(?:代號|代碼)$|^bankcode$/,
  bankName: /^(?:銀行|總行|總機構|金融機構)名稱$|^bankname$/,
  branch: /^(?:分支機構|分行)(?:代號|代碼)$|^branchcode$/,
  branchName: /^(?:分支機構|分行)名稱$|^branchname$/,
} as const;

const EXPECTED = '銀行代號, 金融機構名稱, 分支機構代號, 分支機構名稱';

/** Ten times what is published. */
const MOST_BYTES = 10_000_000;

const row = z.object({ bank: bankCode, bankName, branch: branchCode, branchName: bankName });

/** Of a bank itself, which has no branch. */
const headRow = z.object({ bank: bankCode, bankName, branch: z.literal(''), branchName: z.string() });

type Row = z.output<typeof row> | z.output<typeof headRow>;
type Given = Readonly<Record<keyof typeof COLUMNS, string>>;

/** Gives of a line the cells that are read. */
type Reader = (cells: readonly string[]) => Given;

const readerOf = (file: string, header: CsvLine | undefined): Reader => {
  const names = (header?.cells ?? []).map((name) => name.toLowerCase().replaceAll(/[\s_]/g, ''));
  const indexOf = (column: keyof typeof COLUMNS): number => names.findIndex((name) => COLUMNS[column].test(name));
  const places = { bank: indexOf('bank'), bankName: indexOf('bankName') };
  const branchPlaces = { branch: indexOf('branch'), branchName: indexOf('branchName') };
  if (Object.values({ ...places, ...branchPlaces }).includes(-1)) {
    throw refusal(file, [`line ${header?.line ?? 1}: the columns must be named, with at least ${EXPECTED}`]);
  }
  return (cells) => {
    const bank = cells[places.bank] ?? '';
    const branch = cells[branchPlaces.branch] ?? '';
    return {
      bank,
      bankName: cells[places.bankName] ?? '',
      // Published with the bank's digits before its own, or without.
      branch: branch.length === 7 && branch.startsWith(bank) ? branch.slice(bank.length) : branch,
      branchName: cells[branchPlaces.branchName] ?? '',
    };
  };
};

const describe = (given: Given, schema: z.ZodMiniType, error: z.core.$ZodError): string => {
  const [issue] = error.issues;
  if (!issue) return error.message;
  const { field, reason } = describeIssue(issue, schema, 'en', given);
  return `${field} is ${JSON.stringify(Object.getOwnPropertyDescriptor(given, field)?.value)}: ${reason}`;
};

/** Collects banks by code from line after line, and what is wrong with lines. */
const collector = () => {
  const banks = new Map<string, { name: string; fromHead: boolean; readonly branches: Map<string, string> }>();
  const problems: string[] = [];
  const renamed = new Set<string>();

  const bankOf = ({ bank, bankName: name, branch }: Row) => {
    const fromHead = branch === '';
    const known = banks.get(bank) ?? { name, fromHead, branches: new Map<string, string>() };
    if (known.name !== name) renamed.add(bank);
    // The line of the bank itself knows its name best, wherever it stands.
    if (fromHead && !known.fromHead) Object.assign(known, { name, fromHead });
    banks.set(bank, known);
    return known;
  };

  const take = (line: number, taken: Row): void => {
    const { branches } = bankOf(taken);
    if (taken.branch === '') return;
    const name = branches.get(taken.branch);
    if (name === undefined) branches.set(taken.branch, taken.branchName);
    else if (name !== taken.branchName) {
      problems.push(`line ${line}: branch ${taken.branch} of bank ${taken.bank} was ${name} before`);
    }
  };
  return { banks, problems, renamed, take };
};

const byCode = (left: { readonly code: string }, right: { readonly code: string }): number =>
  left.code < right.code ? -1 : 1;

export interface BankFile {
  readonly banks: readonly BankWithBranches[];
  /** What a person should know of how the file was read. */
  readonly notes: readonly string[];
}

/**
 * Reads banks with their branches, both by code.
 *
 * @throws CommandError with lines and reasons: a file with one wrong line is refused whole.
 */
export const readBanks = (file: string, bytes: Uint8Array): BankFile => {
  if (bytes.length > MOST_BYTES) throw refusal(file, [`it has ${bytes.length} bytes, more than ${MOST_BYTES}`]);
  const [header, ...lines] = readCsv(file, bytes);
  const read = readerOf(file, header);
  const { banks, problems, renamed, take } = collector();
  for (const { line, cells } of lines) {
    const given = read(cells);
    const schema = given.branch === '' && given.branchName === '' ? headRow : row;
    const parsed = schema.safeParse(given);
    if (cells.length !== header?.cells.length) {
      problems.push(`line ${line}: it has ${cells.length} columns, and the first line ${header?.cells.length ?? 0}`);
    } else if (parsed.success) take(line, parsed.data);
    else problems.push(`line ${line}: ${describe(given, schema, parsed.error)}`);
  }
  const list = [...banks].map(([code, { name, branches }]) => ({
    code,
    name,
    branches: Array.from(branches, ([branch, called]) => ({ code: branch, name: called })).toSorted(byCode),
  }));
  if (list.length === 0 && problems.length === 0) problems.push('it holds no bank');
  const tooLarge = list.filter((bank) => !bankWithBranches.safeParse(bank).success);
  problems.push(...tooLarge.map(({ code, branches }) => `bank ${code} has ${branches.length} branches, too many`));
  if (problems.length > 0) throw refusal(file, problems);
  const notes = [...renamed].map(
    (code) => `Bank ${code} has several names in the file; taken: ${banks.get(code)?.name}`,
  );
  return { banks: list.toSorted(byCode), notes };
};
