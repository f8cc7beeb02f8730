import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { tableName } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { parseToken } from '../../shared/identity/token.ts';
import { userKey } from '../../shared/identity/user-store.ts';
import { available, house } from '../../shared/ledger/account.ts';
import { post } from '../../shared/ledger/journal.ts';
import { createCommit } from '../../shared/platform/commit.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { createTable } from '../../shared/platform/table.ts';
import { factorJourneyOn } from './factor-journey.ts';
import { somebody } from './journey.ts';
import { type ApiResponse, type CallOptions, envelopeOf } from './local-stack.ts';
import type { LiveJourney } from './use-journey.ts';

/** The steps of people who send money, over a running stack. */
export const transferJourneyOn = ({ stack, journey }: LiveJourney, stage: Stage) => {
  const factor = factorJourneyOn(stack);
  const client = DynamoDBDocumentClient.from(
    dynamoDbClient(stack.stack.endpoints.dynamodb, stage.region, accessKeyOf(OPERATOR)),
  );
  const commit = createCommit(client, systemRandom);
  const ledger = createTable(client, tableName(stage, 'ledger'));

  const fund = async (userId: string, units: bigint): Promise<void> => {
    const legs = [
      { account: house('treasury', 'USDT'), amount: -units },
      { account: available(userId, 'USDT'), amount: units },
    ];
    const { journal, debits, credits } = post(
      ledger,
      { journalId: `deposit-${userId}`, at: Date.now(), legs },
      systemRandom,
    );
    await commit([...journal, ...debits, ...credits]);
  };

  /** Somebody at level 2 with an authenticator and 100 USDT. */
  const member = async () => {
    const person = somebody();
    const token = await journey.loggedIn(person);
    const userId = parseToken(token)?.userId ?? '';
    const key = await factor.bind(token);
    await client.send(
      new UpdateCommand({
        TableName: tableName(stage, 'users'),
        Key: { ...userKey(userId) },
        UpdateExpression: 'SET kycLevel = :level',
        ExpressionAttributeValues: { ':level': 2 },
      }),
    );
    await fund(userId, 100_000_000n);
    return { ...person, token, userId, code: () => factor.codeNow(key) };
  };

  type Person = Awaited<ReturnType<typeof member>>;

  const send = (from: Person, to: Person, amount: string, options: CallOptions = {}): Promise<ApiResponse> =>
    factor.call(
      'POST',
      '/v1/capital/wallet/operation',
      from.token,
      {
        operation: 'TRANSFER',
        fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount }],
        receiver: to.username,
        receiverEmail: to.email,
        twoFAcode: from.code(),
        lang: 'en',
      },
      options,
    );

  /** The id of a transfer that was made. */
  const sent = async (from: Person, to: Person, amount: string): Promise<number> =>
    Number(envelopeOf(await send(from, to, amount)).data);

  /** The path of the newest link that was mailed to somebody about that transfer. */
  const linkOf = async ({ email }: Person, amount: string): Promise<string> => {
    const { text } = await journey.mailTo(email, { about: new RegExp(`${amount} USDT`) });
    return /\/v1\/validate\/emailtransfer\?code=[\w-]+/.exec(text ?? '')?.[0] ?? '';
  };

  const get = (path: string, token: string, options: CallOptions = {}): Promise<ApiResponse> =>
    factor.call('GET', path, token, undefined, options);

  return { ...factor, member, send, sent, linkOf, get, close: () => client.destroy() };
};
