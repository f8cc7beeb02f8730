import { bankAccounts } from '../../shared/contracts/endpoints/account/bank-accounts.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import type { Bind } from '../../shared/http/endpoint-handler.ts';
import { openBankAccounts, type StoredAccount, storedAccounts } from '../../shared/kyc/bank-account-store.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

/** U+3000, between bank and branch. */
const IDEOGRAPHIC_SPACE = '\u3000';

/** The KYC level at which staff have accepted an account. */
const ACCOUNT_LEVEL = 3;

type Beside = readonly StoredAccount[];

const findStored =
  ({ tables }: EndpointPlatform<(typeof bankAccounts)['uses']>): ReadBeside<Beside> =>
  ({ userId }) =>
    storedAccounts(tables.kyc, userId);

const list: Bind<typeof bankAccounts, Beside> =
  ({ secrets }) =>
  async ({ caller, body, beside: stored }) => {
    // While level 3 has to be passed again, for another person perhaps, no account stands for this user.
    if (caller.user.kycLevel < ACCOUNT_LEVEL) return { ok: true, data: [] };
    const accounts = await openBankAccounts(secrets.bankAccount, stored, body.currency);
    const data = accounts.map(({ id, bankCode, bankName, branchName, account, accountHolder, swiftCode }) => ({
      id,
      name: `${bankName}${IDEOGRAPHIC_SPACE}${branchName}`,
      code: bankCode,
      account,
      accountHolder,
      swiftCode,
    }));
    return { ok: true, data };
  };

/** `POST /v1/user/bank_accounts` */
export const handler = keyedEndpointHandler(bankAccounts, list, { beside: findStored });
