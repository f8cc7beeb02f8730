import type { BankWithBranches } from '../contracts/bank-fields.ts';
import type { BodyOf } from '../contracts/endpoint.ts';
import type { staffBanks } from '../contracts/staff/banks.ts';
import type { staffBanksPart } from '../contracts/staff/banks-part.ts';
import { changesBetween } from '../kyc/bank-changes.ts';
import { clearImports, readImport, storePart, switchImport } from '../kyc/bank-import-store.ts';
import { type CurrentImport, findCurrentImport, withBuiltIn } from '../kyc/bank-store.ts';
import type { Platform } from '../platform/platform.ts';
import { newAuditRecord } from './audit-record.ts';
import { appendRecord } from './audit-store.ts';
import type { StaffCaller } from './staff-caller.ts';

const countBranches = (banks: readonly BankWithBranches[]): number =>
  banks.reduce((sum, { branches }) => sum + branches.length, 0);

/** Stores some banks of an import, with the audit record, where nobody sees them yet. */
export const storeBanks = async (
  platform: Platform<(typeof staffBanksPart)['uses']>,
  staff: StaffCaller,
  importId: string,
  { banks, reason }: BodyOf<typeof staffBanksPart>,
) => {
  const { tables, commit, clock } = platform;
  const after = { importId, banks: banks.length, branches: countBranches(banks) };
  const record = newAuditRecord(platform, staff, { action: 'banks.part', reason, after });
  const writes = storePart(tables.kyc, importId, banks, clock.now());
  const { committed } = await commit([...writes, ...appendRecord(tables.audit, record)]);
  return committed ? ({ ok: true, data: null } as const) : ({ ok: false, code: 'ILLEGAL_STATE' } as const);
};

const branchChanges = (before: readonly BankWithBranches[], after: readonly BankWithBranches[]) => {
  const branchesOf = (banks: readonly BankWithBranches[], code: string) =>
    banks.find((bank) => bank.code === code)?.branches ?? [];
  const codes = [...new Set([...before, ...after].map(({ code }) => code))].toSorted();
  const changes = codes.map((bank) => {
    const { added, renamed, removed } = changesBetween(branchesOf(before, bank), branchesOf(after, bank));
    const of = <T extends object>(list: readonly T[]) => list.map((one) => ({ bank, ...one }));
    return { added: of(added), renamed: of(renamed), removed: of(removed) };
  });
  return {
    added: changes.flatMap(({ added }) => added),
    renamed: changes.flatMap(({ renamed }) => renamed),
    removed: changes.flatMap(({ removed }) => removed),
  };
};

const bankChanges = (before: CurrentImport | undefined, after: readonly BankWithBranches[]) => {
  const { added, renamed, removed } = changesBetween(withBuiltIn(before?.banks ?? []), withBuiltIn(after));
  return { added: [...added], renamed: [...renamed], removed: [...removed] };
};

const auditedImport = ({ importId, banks, branches }: CurrentImport) => ({ importId, banks: banks.length, branches });

/**
 * Makes an import the list of banks and branches, with the audit record, when it holds all that was sent. Imports that
 * never came so far, and the one before the present, are cleared away first.
 */
export const switchBanks = async (
  platform: Platform<(typeof staffBanks)['uses']>,
  staff: StaffCaller,
  { importId, reason, ...sent }: BodyOf<typeof staffBanks>,
) => {
  const { tables, commit, clock } = platform;
  const now = clock.now();
  const [seen, banks] = await Promise.all([findCurrentImport(tables.kyc), readImport(tables.kyc, importId)]);
  const branches = countBranches(banks);
  if (banks.length !== sent.banks || branches !== sent.branches) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const replaced = seen ? await readImport(tables.kyc, seen.importId) : [];
  await clearImports(tables.kyc, commit, [importId, seen?.importId], now);
  const names = banks.map(({ code, name }) => ({ code, name }));
  const next: CurrentImport = { importId, importedAt: now, banks: names, branches };
  const states = { ...(seen && { before: auditedImport(seen) }), after: auditedImport(next) };
  const record = newAuditRecord(platform, staff, { action: 'banks.import', reason, ...states });
  const writes = [...switchImport(tables.kyc, next, seen), ...appendRecord(tables.audit, record)];
  const { committed } = await commit(writes);
  if (!committed) return { ok: false, code: 'UPDATE_FAILED' } as const;
  return { ok: true as const, data: { banks: bankChanges(seen, banks), branches: branchChanges(replaced, banks) } };
};
