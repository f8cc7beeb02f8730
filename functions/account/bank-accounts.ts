import { bankAccounts } from '../../shared/contracts/endpoints/account/bank-accounts.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { listBankAccounts } from '../../shared/kyc/bank-account-store.ts';

/** U+3000, between bank and branch. */
const IDEOGRAPHIC_SPACE = '\u3000';

/** The KYC level at which staff have accepted an account. */
const ACCOUNT_LEVEL = 3;

/** `POST /v1/user/bank_accounts` */
export const handler = keyedEndpointHandler(bankAccounts, ({ tables, secrets }) => async ({ caller, body }) => {
  // While level 3 has to be passed again, for another person perhaps, no account stands for this user.
  if (caller.user.kycLevel < ACCOUNT_LEVEL) return { ok: true, data: [] };
  const store = { table: tables.kyc, secret: secrets.bankAccount };
  const accounts = await listBankAccounts(store, caller.user.userId, body.currency);
  const data = accounts.map(({ id, bankCode, bankName, branchName, account, accountHolder, swiftCode }) => ({
    id,
    name: `${bankName}${IDEOGRAPHIC_SPACE}${branchName}`,
    code: bankCode,
    account,
    accountHolder,
    swiftCode,
  }));
  return { ok: true, data };
});
