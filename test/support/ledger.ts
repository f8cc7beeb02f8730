import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { AssetName } from '../../shared/contracts/assets.ts';
import { userKey } from '../../shared/identity/user-store.ts';
import type { User } from '../../shared/identity/user.ts';
import { ASSET_NAMES, available, house } from '../../shared/ledger/account.ts';
import { readBalances } from '../../shared/ledger/balances.ts';
import { post } from '../../shared/ledger/journal.ts';
import { formatUnits, parseUnits, type Units } from '../../shared/ledger/units.ts';
import { createCommit } from '../../shared/platform/commit.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { createTable } from '../../shared/platform/table.ts';
import { testTable } from './engine.ts';
import { emailOf, type Identity } from './identity.ts';
import { factorUseCases } from './second-factor.ts';

/** An amount as a person writes it, in units. */
export const unitsOf = (asset: AssetName, text: string): Units => {
  const parsed = parseUnits(asset, text);
  if (parsed === undefined) throw new Error(`${text} is no amount of ${asset}.`);
  return parsed;
};

/** Users that one transaction books to: two writes each. */
const MOST_FUNDED = 40;

type Money = Readonly<Partial<Record<AssetName, string>>>;

/** People with money, over a test's engine. */
export const ledgerUseCases = (identity: Identity) => {
  const { resources, clock, inbox, verifyAs } = identity;
  const { client } = resources;
  const factor = factorUseCases(identity);
  const table = createTable(client, testTable('ledger'));
  const commit = createCommit(client, systemRandom);

  /** Books money of the house to a user. */
  const fund = async (userId: string, asset: AssetName, text: string): Promise<void> => {
    const amount = unitsOf(asset, text);
    const legs = [
      { account: house('treasury', asset), amount: -amount },
      { account: available(userId, asset), amount },
    ];
    const posting = post(table, { journalId: `deposit-${randomUUID()}`, at: clock.now(), legs }, systemRandom);
    const { committed } = await commit([...posting.journal, ...posting.debits, ...posting.credits]);
    if (!committed) throw new Error(`${text} ${asset} could not be booked.`);
  };

  /** Books the same money to many users, a few transactions for all. */
  const fundAll = async (userIds: readonly string[], asset: AssetName, text: string): Promise<void> => {
    const amount = unitsOf(asset, text);
    for (let from = 0; from < userIds.length; from += MOST_FUNDED) {
      const some = userIds.slice(from, from + MOST_FUNDED);
      const legs = [
        { account: house('treasury', asset), amount: -amount * BigInt(some.length) },
        ...some.map((userId) => ({ account: available(userId, asset), amount })),
      ];
      const posting = post(table, { journalId: `deposit-${randomUUID()}`, at: clock.now(), legs }, systemRandom);
      const { committed } = await commit([...posting.journal, ...posting.debits, ...posting.credits]);
      if (!committed) throw new Error(`${text} ${asset} could not be booked to all.`);
    }
  };

  /** What staff or time made of a user. */
  const change = async (userId: string, changes: Partial<User>): Promise<void> => {
    const names = Object.keys(changes);
    await client.send(
      new UpdateCommand({
        TableName: testTable('users'),
        Key: { ...userKey(userId) },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(Object.entries(changes).map(([name, to]) => [`:${name}`, to])),
      }),
    );
  };

  /** Somebody of that KYC level with a bound factor, a full session and money. */
  const member = async (money: Money = {}, kycLevel: User['kycLevel'] = 2) => {
    const bound = await factor.boundUser();
    const email = emailOf(bound.name);
    const verified = await verifyAs(bound.name, inbox.code(email));
    if (!verified.ok) throw new Error(`The verification was answered ${verified.code}.`);
    const { userId } = (await factor.caller(bound.token)).user;
    await change(userId, { kycLevel });
    for (const asset of ASSET_NAMES) if (money[asset] !== undefined) await fund(userId, asset, money[asset]);
    return { ...bound, userId, email, caller: () => factor.caller(bound.token) };
  };

  /** What somebody has of an asset, as decimals. */
  const holdings = async (userId: string, asset: AssetName) => {
    const balance = (await readBalances(table, userId))[asset];
    return { available: formatUnits(asset, balance.available), frozen: formatUnits(asset, balance.frozen) };
  };

  return { table, commit, factor, fund, fundAll, change, member, holdings };
};

export type Member = Awaited<ReturnType<ReturnType<typeof ledgerUseCases>['member']>>;
