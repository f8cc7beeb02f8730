import * as z from 'zod/mini';
import type { SecretWith, TableWith } from '../platform/platform.ts';
import type { SecretPlace } from '../platform/secrets.ts';
import { ABSENT, type Key, type Write } from '../platform/writes.ts';

/** Prefix of the sort keys of a user's accepted bank accounts. */
const PREFIX = 'BANK_ACCOUNT#';

/** An accepted account as stored. `account` and `accountHolder` are ciphertexts, bound to this item and field. */
const bankAccountItem = z.object({
  pk: z.string(),
  sk: z.string(),
  id: z.int(),
  currency: z.string(),
  bankCode: z.string(),
  bankName: z.string(),
  branchName: z.string(),
  account: z.string(),
  accountHolder: z.string(),
  swiftCode: z.string(),
});

export interface BankAccount {
  readonly id: number;
  readonly currency: string;
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchName: string;
  readonly account: string;
  readonly accountHolder: string;
  readonly swiftCode: string;
}

/** Accounts that a user can have accepted; more are not looked at. */
const ACCOUNTS_READ = 50;

/** Where a field of an account lies, for its encryption. */
export const bankAccountPlace = ({ pk, sk }: Key, field: 'account' | 'accountHolder'): SecretPlace => ({
  table: 'kyc',
  key: { pk, sk },
  field,
});

const decrypted = async (secret: SecretWith<'decrypt'>, { pk, sk, ...stored }: StoredAccount): Promise<BankAccount> => {
  const [account, accountHolder] = await Promise.all(
    (['account', 'accountHolder'] as const).map((field) =>
      secret.decrypt(stored[field], bankAccountPlace({ pk, sk }, field)),
    ),
  );
  return { ...stored, account: String(account), accountHolder: String(accountHolder) };
};

const accountKey = (userId: string, id: number): Key => ({ pk: `USER#${userId}`, sk: `${PREFIX}${id}` });

/** An accepted account as it lies in the store. */
export type StoredAccount = z.output<typeof bankAccountItem>;

/** The user's accepted accounts, as encrypted as they are stored. */
export const storedAccounts = async (table: TableWith<'query'>, userId: string): Promise<readonly StoredAccount[]> =>
  z
    .array(bankAccountItem)
    .parse(await table.query({ partition: `USER#${userId}`, sortPrefix: PREFIX, limit: ACCOUNTS_READ }));

/**
 * Describes that an account takes the place of the user's accepted ones of its currency.
 *
 * @param account in plain text; encrypted here, for where it will lie.
 * @param now epoch milliseconds, from which its id is made.
 */
export const replaceBankAccount = async (
  { table, secret }: { readonly table: TableWith<'query' | 'put' | 'delete'>; readonly secret: SecretWith<'encrypt'> },
  userId: string,
  account: Omit<BankAccount, 'id'>,
  now: number,
): Promise<readonly Write[]> => {
  const stored = await storedAccounts(table, userId);
  const id = Math.max(now, ...stored.map((one) => one.id + 1));
  const key = accountKey(userId, id);
  const encrypt = (field: 'account' | 'accountHolder') => secret.encrypt(account[field], bankAccountPlace(key, field));
  const [number, accountHolder] = await Promise.all([encrypt('account'), encrypt('accountHolder')]);
  const replaced = stored.filter(({ currency }) => currency === account.currency);
  return [
    ...replaced.map(({ pk, sk }) => table.delete({ pk, sk })),
    table.put({ ...key, ...account, id, account: number, accountHolder }, ABSENT),
  ];
};

/** Accounts, decrypted, of one currency or of all. */
export const openBankAccounts = async (
  secret: SecretWith<'decrypt'>,
  accounts: readonly StoredAccount[],
  currency?: string,
): Promise<readonly BankAccount[]> => {
  const wanted = accounts.filter((account) => currency === undefined || account.currency === currency);
  return Promise.all(wanted.map((account) => decrypted(secret, account)));
};
