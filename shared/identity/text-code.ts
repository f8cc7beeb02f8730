import type { Core, TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { countTry, isRightCode, smsTarget, spendCode } from './one-time-code.ts';

/** A code as its user gives it, with the E.164 number that it was texted to. */
export interface TextedCode {
  readonly phone: string;
  readonly userId: string;
  readonly code: string;
}

/** Counts a try of a texted code (API 3.4). Returns what spends it; `undefined` when it is wrong, used or too old. */
export const redeemTextedCode = async (
  {
    tables,
    commit,
    clock,
  }: Pick<Core, 'commit' | 'clock'> & { readonly tables: { readonly ephemeral: TableWith<'update'> } },
  { phone, userId, code }: TextedCode,
): Promise<Write | undefined> => {
  const target = smsTarget(phone, userId);
  const counted = await commit([countTry(tables.ephemeral, target, clock.now())]);
  if (!counted.committed || !isRightCode(counted.item, target, code)) return undefined;
  return spendCode(tables.ephemeral, target, counted.item);
};
