import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { BaseAsset } from '../../shared/contracts/assets.ts';
import { walletOperation } from '../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { ExactNumber } from '../../shared/contracts/exact-number.ts';
import type { Locale } from '../../shared/contracts/locale.ts';
import type { Caller } from '../../shared/identity/session-store.ts';
import type { User } from '../../shared/identity/user.ts';
import { userKey } from '../../shared/identity/user-store.ts';
import { keepAnswer } from '../../shared/ledger/idempotency-store.ts';
import { createOperations, dispatch } from '../../shared/ledger/operations/dispatch.ts';
import { newPrice, readTickers } from '../../shared/market/ticker-store.ts';
import { createCommit } from '../../shared/platform/commit.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { createTable } from '../../shared/platform/table.ts';
import { testTable } from './engine.ts';
import { emailOf, freshName, origin } from './identity.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

/** Somebody at level 2 with a session, who was never registered: for what looks at nothing but the caller. */
export const callerAs = (changes: Partial<User> = {}, now = Date.UTC(2026, 0, 1)): Caller => {
  const username = freshName();
  const user: User = {
    userId: randomUUID().replaceAll('-', ''),
    username,
    email: emailOf(username),
    passwordHash: '',
    userStatus: 1,
    kycLevel: 2,
    is2FA: true,
    sessionEpoch: 0,
    createdAt: now,
    ...changes,
  };
  const session = {
    sessionId: randomUUID(),
    userId: user.userId,
    createdAt: now,
    lastSeenAt: now,
    pending: false,
    epoch: 0,
    ip: '192.0.2.1',
    userAgent: 'test',
  };
  return { user, session };
};

interface Options {
  readonly locale?: Locale;
  /** Keeps the answer under this idempotency key. */
  readonly key?: string;
  /** A client of its own, such as one with faults. */
  readonly client?: DynamoDBDocumentClient;
}

/** The operations of the wallet over a test's engine. */
export const walletOperationUseCases = (resources: TestResources) => {
  const { client, clock } = resources;
  const market = createTable(client, testTable('market'));
  const commit = createCommit(client, systemRandom);

  /** The market's prices from now on, until they are stale. */
  const setPrices = async (prices: Readonly<Partial<Record<BaseAsset, string>>>, at = clock.now()): Promise<void> => {
    for (const base of ['USDT', 'BTC', 'ETH', 'USD'] as const) {
      const lastPrice = prices[base];
      if (lastPrice === undefined) continue;
      const { committed } = await commit(newPrice(market, { base, lastPrice, changePercent: 0, updatedAt: at }));
      if (!committed) throw new Error('There is a newer price.');
    }
  };

  /** Asks for an operation with a body as clients send it, once it is parsed. */
  const operate = async (caller: Caller, body: object, { locale = 'en', key, client: own = client }: Options = {}) => {
    const { platform } = testFoundation(walletOperation, { ...resources, client: own });
    const operation = dispatch(createOperations(platform, () => readTickers(platform.tables.market)));
    const sent = key === undefined ? undefined : { userId: caller.user.userId, key };
    const record = (data: number) =>
      sent
        ? [keepAnswer(platform.tables.ledger, sent, { fingerprint: '', answer: String(data) }, platform.clock.now())]
        : [];
    return operation({
      caller,
      body: walletOperation.body.parse({ ...body }),
      setting: { origin: origin(), locale },
      record,
    });
  };

  /** Keeps the user of a caller, for what looks at the user again. */
  const keepUser = async ({ user }: Caller): Promise<void> => {
    await commit([createTable(client, testTable('users')).put({ ...userKey(user.userId), ...user })]);
  };

  return { setPrices, operate, keepUser };
};

export type OperationAnswer = Awaited<ReturnType<ReturnType<typeof walletOperationUseCases>['operate']>>;

/** The id of a record that was made. */
export const idIn = (answer: OperationAnswer): number => {
  if (answer.ok && typeof answer.data === 'number') return answer.data;
  throw new Error(`No record was made: ${JSON.stringify(answer)}.`);
};

/** The value that was answered, as it is written. */
export const valueIn = (answer: OperationAnswer): string => {
  if (answer.ok && answer.data instanceof ExactNumber) return answer.data.text;
  throw new Error(`No value was answered: ${JSON.stringify(answer)}.`);
};

/** What each wallet would pay, as it is written. */
export const partsIn = (
  answer: OperationAnswer,
): readonly (readonly [asset: string, amount: string, inTo: string])[] => {
  if (!answer.ok || !Array.isArray(answer.data)) throw new Error(`No parts were answered: ${JSON.stringify(answer)}.`);
  return answer.data.map(({ asset, amount, amountInToAsset }) => [asset, amount.text, amountInToAsset.text]);
};
