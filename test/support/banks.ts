import { randomBytes } from 'node:crypto';
import type { BankWithBranches } from '../../shared/contracts/bank-fields.ts';
import { staffBanks } from '../../shared/contracts/staff/banks.ts';
import { staffBanksPart } from '../../shared/contracts/staff/banks-part.ts';
import { storeBanks, switchBanks } from '../../shared/staff/banks.ts';
import { JO } from './staff.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

export const newImportId = (): string => randomBytes(16).toString('hex');

/** A bank whose branches have those codes, each named after its code. */
export const bankOf = (code: string, name: string, ...branches: readonly string[]): BankWithBranches => ({
  code,
  name,
  branches: branches.map((branch) => ({ code: branch, name: `${branch}分行` })),
});

/** What staff do with banks, over a test's engine. */
export const bankStaffOn = (resources: TestResources) => {
  const store = (importId: string, ...banks: readonly BankWithBranches[]) =>
    storeBanks(testFoundation(staffBanksPart, resources).platform, JO, importId, { banks: [...banks], reason: 'why' });
  const finish = (importId: string, banks: number, branches: number) =>
    switchBanks(testFoundation(staffBanks, resources).platform, JO, { importId, banks, branches, reason: 'why' });
  /** A whole import of one part. */
  const importBanks = async (...banks: readonly BankWithBranches[]) => {
    const importId = newImportId();
    await store(importId, ...banks);
    return finish(importId, banks.length, banks.flatMap(({ branches }) => branches).length);
  };
  return { store, finish, importBanks };
};
