import * as z from 'zod/mini';
import { type BankWithBranches, bankWithBranches } from '../contracts/bank-fields.ts';
import type { TableWith } from '../platform/platform.ts';
import { StoreBusyError } from '../platform/table.ts';
import type { Key } from '../platform/writes.ts';
import { type Bank, BANKS } from './banks.ts';

/*
 * What the clearing house publishes is imported as a whole. Every import lies in a partition of its own, an item a bank,
 * and one item names the import that counts: so its replacement is seen at once or not at all. The import before it is
 * left where it is until the next, for those who were about to read it.
 */

export const CURRENT_IMPORT: Key = { pk: 'BANKS', sk: 'CURRENT' };

/** `banks` are those that the import holds, so that a list of banks and an unknown bank take one read. */
const currentImport = z.object({
  importId: z.string(),
  importedAt: z.int(),
  banks: z.array(z.object({ code: z.string(), name: z.string() })),
  branches: z.int(),
});

export type CurrentImport = z.output<typeof currentImport>;

export const importPartition = (importId: string): string => `BANKS#${importId}`;

/** Prefix of the sort keys in an import. */
export const BANK_PREFIX = 'BANK#';

export const importedBankKey = (importId: string, code: string): Key => ({
  pk: importPartition(importId),
  sk: `${BANK_PREFIX}${code}`,
});

type Reading = TableWith<'get'>;

/** The import that counts; `undefined` before the first. */
export const findCurrentImport = async (table: Reading): Promise<CurrentImport | undefined> => {
  const item = await table.get(CURRENT_IMPORT);
  return item && currentImport.parse(item);
};

/** The built-in banks and the imported ones by code, each with the name that was imported where one was. */
export const withBuiltIn = (imported: readonly Bank[]): readonly Bank[] => {
  const banks = new Map([...BANKS, ...imported].map(({ code, name }) => [code, { code, name }]));
  return [...banks.values()].toSorted((left, right) => (left.code < right.code ? -1 : 1));
};

/** Every bank, by code. */
export const listBanks = async (table: Reading): Promise<readonly Bank[]> =>
  withBuiltIn((await findCurrentImport(table))?.banks ?? []);

interface Found {
  readonly bank: Bank;
  readonly branches: BankWithBranches['branches'];
}

/** Two imports have to replace the one that was read before its items are gone. */
const findInImport = async (table: Reading, importId: string, code: string): Promise<Found> => {
  const item = await table.get(importedBankKey(importId, code));
  if (!item) throw new StoreBusyError('The list of banks was replaced while it was read. Try again.');
  const { name, branches } = bankWithBranches.parse(item);
  return { bank: { code, name }, branches };
};

const findWithBranches = async (
  table: Reading,
  code: string,
  current: CurrentImport | undefined,
): Promise<Found | undefined> => {
  if (current?.banks.some((bank) => bank.code === code)) return findInImport(table, current.importId, code);
  const bank = BANKS.find((builtIn) => builtIn.code === code);
  return bank && { bank, branches: [] };
};

/** The imported branches of a bank by code, none where none were; `undefined` for a bank that does not exist. */
export const listBranches = async (
  table: Reading,
  code: string,
  current: CurrentImport | undefined,
): Promise<readonly Bank[] | undefined> => (await findWithBranches(table, code, current))?.branches;

/** A branch with its bank, as an account names them. */
export interface BranchOfBank {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
}

const BRANCH_CODE = /^\d{4}$/;

/**
 * The branch of a bank. Where no branches of that bank have been imported, every branch of four digits is taken, and
 * named by its code. `undefined` where the bank or the branch does not exist.
 */
export const findBranch = async (
  table: Reading,
  bankCode: string,
  branchCode: string,
): Promise<BranchOfBank | undefined> => {
  if (!BRANCH_CODE.test(branchCode)) return undefined;
  const found = await findWithBranches(table, bankCode, await findCurrentImport(table));
  if (!found) return undefined;
  const branchName =
    found.branches.length === 0 ? branchCode : found.branches.find(({ code }) => code === branchCode)?.name;
  return branchName === undefined ? undefined : { bankCode, bankName: found.bank.name, branchCode, branchName };
};
