import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbClient, OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import { tableName } from '../../../infra/names.ts';
import { STAGES } from '../../../infra/stages.ts';
import { balance } from '../../../shared/contracts/endpoints/wallet/balance.ts';
import { InOutType, WalletRecordType } from '../../../shared/contracts/enums.ts';
import { available, frozen, house } from '../../../shared/ledger/account.ts';
import { post } from '../../../shared/ledger/journal.ts';
import { parseToken } from '../../../shared/identity/token.ts';
import { newPrice } from '../../../shared/market/ticker-store.ts';
import { MINUTE } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { idAt, rowOf, storeRows } from '../../support/history.ts';
import { type ApiResponse, envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const { test: STAGE } = STAGES;
const LEDGER = tableName(STAGE, 'ledger');

/** Later than any price of the feed, which so replaces none of these. */
const NEWEST = Date.UTC(2100, 0, 1);

const START = Date.UTC(2026, 0, 13, 8);
const ROWS = 250;

describe('the wallet over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let client: DynamoDBDocumentClient;
  let token: string;
  let userId: string;

  const commit: ReturnType<typeof createCommit> = (writes) => createCommit(client, systemRandom)(writes);

  const fund = async (): Promise<void> => {
    const legs = [
      { account: house('treasury', 'USDT'), amount: -100_000_000n },
      { account: available(userId, 'USDT'), amount: 90_000_001n },
      { account: frozen(userId, 'USDT'), amount: 9_999_999n },
    ];
    const movement = { journalId: `deposit-${userId}`, at: START, legs };
    const { journal, debits, credits } = post(createTable(client, LEDGER), movement, systemRandom);
    await commit([...journal, ...debits, ...credits]);
    const market = createTable(client, tableName(STAGE, 'market'));
    const ticker = { base: 'USDT', lastPrice: '31.9000000001', changePercent: 0, updatedAt: NEWEST } as const;
    await commit(newPrice(market, ticker));
  };

  beforeAll(async () => {
    const { dynamodb } = live.stack.stack.endpoints;
    client = DynamoDBDocumentClient.from(dynamoDbClient(dynamodb, STAGE.region, accessKeyOf(OPERATOR)));
    token = await live.journey.loggedIn();
    userId = parseToken(token)?.userId ?? '';
    await fund();
    const sent = { type: WalletRecordType.TRANSFER_OUT, inOutType: InOutType.OUT, counterparty: 'chiakai5' };
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const id = idAt(START + index * MINUTE);
      return index % 2 === 0
        ? rowOf(userId, { class: 'FLOW', asset: 'USDT' }, id, sent)
        : rowOf(userId, { class: 'TRADE', asset: 'BTC' }, id, { unitPrice: '2000000.123456789' });
    });
    await storeRows(client, LEDGER, rows);
  }, 120_000);
  afterAll(() => client.destroy());

  const get = (path: string, as: string | undefined = token): Promise<ApiResponse> =>
    live.stack.call('GET', path, { headers: { 'accept-language': 'en', ...(as !== undefined && { token: as }) } });

  const code = (response: ApiResponse) => [response.status, envelopeOf(response).code];

  it('lists what can be held and how it comes in, for anyone, to be kept for a while', async () => {
    const list = await live.stack.call('GET', '/v1/wallet/crypto_list');
    expect(envelopeOf(list)).toMatchObject({ code: 1, msg: 'Success', data: ['BTC', 'ETH', 'USDT'] });
    expect(String(list.headers['cache-control'])).toContain('max-age=');
    const ways = async (query: string) =>
      envelopeOf(await live.stack.call('GET', `/v1/wallet/crypto_paymentway${query}`));
    expect(await ways('')).toMatchObject({ data: { USDT: ['ERC20', 'TRC20'], ETH: ['ERC20'] } });
    expect((await ways('?currency=USDT')).data).toEqual({ USDT: ['ERC20', 'TRC20'] });
    expect((await ways('?currency=BTC')).data).toEqual({});
    expect(await ways('?currency=DOGE')).toMatchObject({ code: -2023, success: false });
  });

  it('values balances digit by digit', async () => {
    const response = await get('/v1/wallet/balance');
    expect(code(response)).toEqual([200, 1]);
    expect(response.bytes.toString()).toContain(
      '{"currency":"USDT","total":100,"available":90.000001,"frozen":9.999999,"convertRate":31.9000000001,"type":3}',
    );
    expect(envelopeOf(response).data).toMatchObject({ total: 3190 });
    expect(envelopeOf(await get('/v1/wallet/balance?currency=USDT')).data).toMatchObject({ total: 100 });
    expect(code(await get('/v1/wallet/balance?currency=XRP'))).toEqual([400, -2023]);
    expect(Object.keys(balance.data.shape)).toEqual(['total', 'balance']);
  });

  it('shows pages of the history, and says which parameter is wrong', async () => {
    const response = await get('/v1/wallet/historyList?pageSize=100&pageNum=3');
    expect(envelopeOf(response).data).toMatchObject({ totalRows: ROWS, totalPages: 3, currentPage: 3, pageSize: 100 });
    expect(response.bytes.toString().match(/"auditId"/g)).toHaveLength(50);
    const buys = await get('/v1/wallet/historyList?isTxn=true&query=BTC-2&pageSize=1');
    expect(buys.bytes.toString()).toContain('"baseCurrencyUnitPrice":2000000.123456789');
    expect(envelopeOf(buys).data).toMatchObject({ totalRows: 125, totalPages: 125, data: [{ currencyType: 2 }] });
    const one = await get(`/v1/wallet/historyList?auditIds=${idAt(START)},12`);
    expect(envelopeOf(one).data).toMatchObject({
      totalRows: 1,
      data: [{ toReceiver: { name: 'chiakai5', address: null }, transactionRef: `20260113${idAt(START)}` }],
    });
    expect((await get('/v1/wallet/historyList?pageNum=4&pageSize=100')).body).toMatchObject({
      data: { totalRows: ROWS, totalPages: 3, currentPage: 4, data: [] },
    });
    for (const [query, field] of [
      ['query=USDT-1', 'query'],
      ['startDate=2026-01-02&endDate=2026-01-01', 'endDate'],
      ['auditIds=x', 'auditIds'],
    ] as const) {
      const refused = await get(`/v1/wallet/historyList?${query}`);
      expect(code(refused)).toEqual([400, -2]);
      expect(envelopeOf(refused).msg).toContain(field);
    }
  });

  it('takes two sequential calls for balances and for any page', async () => {
    const paths = ['balance', 'historyList?pageSize=100&pageNum=3', `historyList?auditIds=${idAt(START)}`];
    await Promise.all(paths.map((path) => get(`/v1/wallet/${path}`)));
    await live.stack.fault({ service: 'dynamodb', mode: 'slow', rate: 1, delayMs: 50 });
    for (const path of paths) {
      const timed = await get(`/v1/wallet/${path}`);
      expect(timed.status).toBe(200);
      expect(serverTiming(timed).sequential).toBe(2);
    }
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
  });

  it('says that balances or history cannot be read, also where only the index cannot', async () => {
    await live.stack.fault({ service: 'dynamodb', mode: 'fail', rate: 1, operation: 'Query' });
    expect(code(await get('/v1/wallet/balance'))).toEqual([500, -1009]);
    expect(code(await get('/v1/wallet/historyList'))).toEqual([500, -2024]);
    expect(code(await get('/v1/wallet/historyList?query=X'))).toEqual([400, -2]);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    expect(code(await get('/v1/wallet/historyList'))).toEqual([200, 1]);
  });

  it('shows nothing to who has no session, and of nobody else to who has', async () => {
    for (const path of ['balance', 'historyList']) {
      expect(code(await live.stack.call('GET', `/v1/wallet/${path}`))).toEqual([401, 10002]);
      const forged = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      expect(code(await get(`/v1/wallet/${path}`, forged))).toEqual([401, 10002]);
    }
    const stranger = await live.journey.loggedIn();
    expect(envelopeOf(await get(`/v1/wallet/historyList?auditIds=${idAt(START)}`, stranger)).data).toMatchObject({
      totalRows: 0,
      data: [],
    });
    expect(envelopeOf(await get('/v1/wallet/balance', stranger)).data).toMatchObject({ total: 0 });
  });
});
