import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbClient, OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import { tableName } from '../../../infra/names.ts';
import { STAGES } from '../../../infra/stages.ts';
import { setKycLevel } from '../../../shared/identity/kyc-level.ts';
import { parseToken } from '../../../shared/identity/token.ts';
import { available, house } from '../../../shared/ledger/account.ts';
import { FRESH } from '../../../shared/ledger/conversion/prices.ts';
import { post } from '../../../shared/ledger/journal.ts';
import { newPrice } from '../../../shared/market/ticker-store.ts';
import { SECOND } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const { test: STAGE } = STAGES;

/** How far ahead a price is set: as far as it is good, so that the feed does not replace it meanwhile. */
const AHEAD = FRESH - SECOND;

const WALLET = '{"wallet":"SPOT@","asset":"TWD"}';

describe('wallet operations over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let client: DynamoDBDocumentClient;
  let token: string;

  const table = (name: 'users' | 'ledger' | 'market') => createTable(client, tableName(STAGE, name));

  beforeAll(async () => {
    const { dynamodb } = live.stack.stack.endpoints;
    client = DynamoDBDocumentClient.from(dynamoDbClient(dynamodb, STAGE.region, accessKeyOf(OPERATOR)));
    token = await live.journey.loggedIn();
    const userId = parseToken(token)?.userId ?? '';
    const legs = [
      { account: house('treasury', 'TWD'), amount: -1_000_000n },
      { account: available(userId, 'TWD'), amount: 1_000_000n },
    ];
    const posting = post(table('ledger'), { journalId: 'deposit-1', at: Date.now(), legs }, systemRandom);
    const ticker = { base: 'USDT', lastPrice: '32', changePercent: 0, updatedAt: Date.now() + AHEAD } as const;
    const commit = createCommit(client, systemRandom);
    await commit([...posting.journal, ...posting.debits, ...posting.credits]);
    await commit(newPrice(table('market'), ticker));
    await commit([setKycLevel(table('users'), { userId, kycLevel: 0 }, 2)]);
  }, 120_000);
  afterAll(() => client.destroy());

  /** Sends the body as it is written, and its numbers with it. */
  const operate = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    live.stack.call('POST', '/v1/capital/wallet/operation', {
      headers: { token, 'accept-language': 'en', 'content-type': 'application/json', ...headers },
      body,
    });

  const value = async (): Promise<unknown> =>
    envelopeOf(await operate(`{"operation":"GET_BALANCE_IN_QUOTE","toAsset":"TWD","fromWallet":[${WALLET}]}`)).data;

  it('takes amounts as they are written, and moves them exactly', async () => {
    const before = Number(await value());
    const converted = await operate(
      '{"operation":"CONVERT","toAsset":"USDT","fromWallet":[{"wallet":"SPOT@","asset":"TWD","amount":3.20320e1}]}',
    );
    expect(envelopeOf(converted)).toMatchObject({ code: -2, msg: expect.stringContaining('fromWallet.0.amount') });
    const wanted = await operate(
      '{"operation":"CONVERT","toAsset":"USDT","fromWallet":[{"wallet":"SPOT@","asset":"TWD","amountInToAsset":10E-1}]}',
    );
    expect(envelopeOf(wanted)).toMatchObject({ code: 1, msg: 'Success', data: expect.any(Number) });
    // 32 × 1.001 = 32.032, rounded up
    expect(await value()).toBeCloseTo(before - 32.04, 5);
    const held = await operate(
      '{"operation":"GET_BALANCE_IN_QUOTE","toAsset":"USDT","fromWallet":[{"wallet":"SPOT@","asset":"USDT"}]}',
    );
    expect(held.bytes.toString()).toContain('"data":1,');
  });

  it('pays once for one key, and says what each wallet would pay', async () => {
    const payment = `"receiver":"demo-shop","toAsset":"TWD","toAmount":100.50,"fromWallet":[${WALLET}]`;
    const tried = await operate(`{"operation":"PRE_PAY_FOR_SERVICE",${payment}}`);
    expect(tried.bytes.toString()).toContain(
      '"data":[{"wallet":"SPOT@","asset":"TWD","amount":100.5,"amountInToAsset":100.5}]',
    );
    const before = Number(await value());
    const key = { 'idempotency-key': 'payment 1' };
    const paid = await operate(`{"operation":"PAY_FOR_SERVICE",${payment}}`, key);
    const again = await operate(`{"operation":"PAY_FOR_SERVICE",${payment.replace('100.50', '"100.5"')}}`, key);
    expect(envelopeOf(paid)).toMatchObject({ code: 1 });
    expect(envelopeOf(again)).toMatchObject({ code: 1, data: envelopeOf(paid).data });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await value()).toBeCloseTo(before - 100.5, 5);
    const other = await operate(`{"operation":"PAY_FOR_SERVICE",${payment.replace('100.50', '100.51')}}`, key);
    expect([other.status, envelopeOf(other).code]).toEqual([409, -409]);
  });

  it.each([
    ['an unknown operation', '{"operation":"STEAL"}', [400, -20], 'Unknown operation.'],
    ['no operation', '{}', [400, -2], 'operation'],
    ['another user', '{"operation":"CONVERT","fromUser":"someone"}', [400, -19], ''],
    [
      'another wallet',
      '{"operation":"CONVERT","fromWallet":[{"wallet":"FUTURES@"}]}',
      [400, -2],
      'fromWallet.0.wallet',
    ],
    [
      'an unknown asset',
      '{"operation":"CONVERT","fromWallet":[{"wallet":"SPOT@","asset":"DOGE"}]}',
      [400, -2],
      'fromWallet.0.asset',
    ],
    ['nothing', `{"operation":"PRE_PAY_FOR_SERVICE","toAsset":"TWD","toAmount":0}`, [400, -2], 'toAmount'],
    [
      'more than there is',
      `{"operation":"PRE_PAY_FOR_SERVICE","toAsset":"TWD","toAmount":99999999,"fromWallet":[${WALLET}]}`,
      [400, 8],
      'Insufficient',
    ],
  ])('answers %s by code, and says what is wrong', async (_what, body, answer, said) => {
    const response = await operate(body);
    expect([response.status, envelopeOf(response).code]).toEqual(answer);
    expect(envelopeOf(response).msg).toContain(said);
  });

  it('takes three sequential calls to convert or pay, and two to value wallets', async () => {
    const bodies = [
      [`{"operation":"CONVERT","toAsset":"USDT","fromWallet":[${WALLET.replace('}', ',"amount":"5"}')}]}`, 3],
      [
        `{"operation":"PAY_FOR_SERVICE","receiver":"demo-shop","toAsset":"TWD","toAmount":1,"fromWallet":[${WALLET}]}`,
        3,
      ],
      ['{"operation":"GET_BALANCE_IN_QUOTE","toAsset":"TWD"}', 2],
    ] as const;
    await live.stack.fault({ service: 'dynamodb', mode: 'slow', rate: 1, delayMs: 50 });
    for (const [index, [body, sequential]] of bodies.entries()) {
      const response = await operate(body, { 'idempotency-key': `timed ${index}` });
      expect(envelopeOf(response)).toMatchObject({ code: 1 });
      expect(serverTiming(response).sequential).toBeLessThanOrEqual(sequential);
    }
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
  });
});
