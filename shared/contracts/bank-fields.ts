import * as z from 'zod/mini';
import { text } from './codes/text.ts';
import { fieldRules } from './field-rules.ts';

/** The three digits of a bank. */
export const bankCode = z
  .string()
  .check(z.regex(/^\d{3}$/))
  .register(fieldRules, {
    rule: text('須為 3 位數字的銀行代碼', '须为 3 位数字的银行代码', 'send the 3 digits of a bank'),
  });

/** The four digits of a branch, within its bank. */
export const branchCode = z
  .string()
  .check(z.regex(/^\d{4}$/))
  .register(fieldRules, {
    rule: text('須為 4 位數字的分行代碼', '须为 4 位数字的分行代码', 'send the 4 digits of a branch'),
  });

/** Of a bank or a branch. The longest that is published has under 30 characters. */
export const bankName = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(60),
  z.refine((name) => name.isWellFormed()),
);

const branch = z.object({ code: branchCode, name: bankName });

/** Of one bank; its item is then some 310 KB at the most, of the 400 KB that DynamoDB takes. */
export const BRANCHES_OF_A_BANK = 1500;

/** A bank with its branches, each code once. */
export const bankWithBranches = z.object({
  code: bankCode,
  name: bankName,
  branches: z.array(branch).check(
    z.maxLength(BRANCHES_OF_A_BANK),
    z.refine((branches) => new Set(branches.map(({ code }) => code)).size === branches.length),
  ),
});

export type BankWithBranches = z.output<typeof bankWithBranches>;
