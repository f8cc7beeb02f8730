import { text } from '../contracts/codes/text.ts';
import type { QueryOf } from '../contracts/endpoint.ts';
import type { bankBranches } from '../contracts/endpoints/finance/bank-branches.ts';
import type { Locale } from '../contracts/locale.ts';
import type { Platform } from '../platform/platform.ts';
import { type CurrentImport, listBranches } from './bank-store.ts';

const UNKNOWN = text(
  '沒有這個銀行代碼，請參考 /v1/finance/bank_codes',
  '没有这个银行代码，请参考 /v1/finance/bank_codes',
  'there is no bank of this code; see /v1/finance/bank_codes',
);

/** The branches that have been imported of a bank; -2 for a bank that does not exist. */
export const viewBranches = async (
  { tables }: Platform<(typeof bankBranches)['uses']>,
  { code }: QueryOf<typeof bankBranches>,
  locale: Locale,
  current: CurrentImport | undefined,
) => {
  const branches = await listBranches(tables.kyc, code, current);
  if (branches) return { ok: true as const, data: [...branches] };
  return { ok: false, code: 'INVALID_PARAMETER', params: { field: 'code', reason: UNKNOWN[locale] } } as const;
};
