import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { bankAccounts } from '../../../shared/contracts/endpoints/account/bank-accounts.ts';
import { bankAccountPlace, openBankAccounts, storedAccounts } from '../../../shared/kyc/bank-account-store.ts';
import { createSecrets } from '../../../shared/platform/secrets.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { testKeyService } from '../../support/key-service.ts';
import { testClock, testFoundation, testInbox } from '../../support/test-platform.ts';

describe('bank accounts', () => {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(async () => {
    await engine?.stop();
  });

  const client = () => {
    if (!engine) throw new Error('The engine runs only while tests do.');
    return engine.client;
  };

  const store = () => {
    const resources = { client: client(), clock: testClock(), inbox: testInbox(), lines: [] };
    const { tables, secrets } = testFoundation(bankAccounts, resources).platform;
    return { table: tables.kyc, secret: secrets.bankAccount };
  };

  const put = async (userId: string, id: number, currency: string, placeOf: string = userId): Promise<void> => {
    const key = (owner: string) => ({ pk: `USER#${owner}`, sk: `BANK_ACCOUNT#${id}` });
    const { bankAccount } = createSecrets(testKeyService(), 'alias/test-secrets', { bankAccount: ['encrypt'] });
    if (!bankAccount) throw new Error('Bank accounts are secrets.');
    const Item = {
      ...key(userId),
      id,
      currency,
      bankCode: '005',
      bankName: '臺灣土地銀行',
      branchName: '基隆分行',
      account: await bankAccount.encrypt('60090100005777', bankAccountPlace(key(placeOf), 'account')),
      accountHolder: await bankAccount.encrypt('林書得', bankAccountPlace(key(placeOf), 'accountHolder')),
      swiftCode: '',
    };
    await client().send(new PutCommand({ TableName: testTable('kyc'), Item }));
  };

  const listed = async (userId: string, currency?: string) =>
    openBankAccounts(store().secret, await storedAccounts(store().table, userId), currency);

  it('are none for a user without any', async () => {
    expect(await listed('nobody')).toEqual([]);
  });

  it('are listed decrypted, of one currency or of all', async () => {
    await put('user-1', 1135, 'TWD');
    await put('user-1', 1136, 'USD');
    await put('user-2', 1137, 'TWD');
    const all = await listed('user-1');
    expect(all).toMatchObject([
      { id: 1135, account: '60090100005777', accountHolder: '林書得' },
      { id: 1136, currency: 'USD' },
    ]);
    expect((await listed('user-1', 'USD')).map(({ id }) => id)).toEqual([1136]);
  });

  it('of one user do not decrypt where they were moved to another', async () => {
    await put('user-3', 1138, 'TWD', 'user-4');
    await expect(listed('user-3')).rejects.toMatchObject({ name: 'SecretUnreadableError' });
  });
});
