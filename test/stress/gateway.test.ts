import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STAGES } from '../../infra/stages.ts';
import { peakOverlap } from '../support/call-log.ts';
import { servedIntervals } from '../support/journey.ts';
import { type ApiResponse, envelopeOf } from '../support/local-stack.ts';
import { reportRun, sized } from '../support/ledger-run/soak.ts';
import { transferJourneyOn } from '../support/transfer-journey.ts';
import { useJourney } from '../support/use-journey.ts';

const AT_ONCE = sized(40, 100);
const PAYMENTS = sized(40, 200);
const MINUTE = 60_000;
const OPERATION = 'capital.wallet-operation';

const balances = z.object({
  balance: z.array(z.object({ currency: z.string(), available: z.number(), frozen: z.number() })),
});

type Transfers = ReturnType<typeof transferJourneyOn>;
type Person = Awaited<ReturnType<Transfers['member']>>;

describe('money through the gateway', () => {
  const live = useJourney({ stage: 'test' });
  let transfers: Transfers;
  let to: Person;

  beforeAll(async () => {
    transfers = transferJourneyOn(live, STAGES.test);
    to = await transfers.member();
  }, 120_000);
  afterAll(() => transfers.close());

  const usdtOf = async ({ token }: Person) => {
    const { data } = envelopeOf(await transfers.get('/v1/wallet/balance', token));
    const { available, frozen } = balances.parse(data).balance.find(({ currency }) => currency === 'USDT') ?? {};
    return { available, frozen };
  };

  /** How many requests were served at once at the most, of those after the given line. */
  const servedAtOnce = (firstLine: number): number =>
    peakOverlap(servedIntervals(live.stack.logs().slice(firstLine), OPERATION));

  const counted = (answers: readonly ApiResponse[]) => {
    const counts = new Map<string, number>();
    for (const answer of answers) {
      const { code, data } = envelopeOf(answer);
      const key = `${answer.status} ${code} ${String(data)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  };

  it(
    `one Idempotency-Key ${AT_ONCE} times at once, and 11 minutes later: sent once, one answer; another order: 409`,
    async () => {
      const from = await transfers.member();
      const firstLine = live.stack.logs().length;
      const headers = { 'idempotency-key': `order-${from.username}` };
      // The same code for all of them: it is the code of one moment.
      const frozen = {
        ...from,
        code: (
          (code) => () =>
            code
        )(from.code()),
      };
      const send = () => transfers.send(frozen, to, '40', { headers });
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, send));
      const id = Number(envelopeOf(answers[0] ?? (await send())).data);
      expect(counted(answers)).toEqual({ [`200 1 ${id}`]: AT_ONCE });
      const atOnce = servedAtOnce(firstLine);
      reportRun('one Idempotency-Key at once', 0, { requests: AT_ONCE, 'served at once': atOnce });
      expect(atOnce).toBeGreaterThan(1);
      expect(await usdtOf(from)).toEqual({ available: 60, frozen: 40 });
      await transfers.advance(11 * MINUTE);
      expect(counted([await transfers.send(from, to, '40', { headers })])).toEqual({ [`200 1 ${id}`]: 1 });
      expect(await usdtOf(from)).toEqual({ available: 60, frozen: 40 });
      expect((await transfers.send(from, to, '41', { headers })).status).toBe(409);
      expect(await usdtOf(from)).toEqual({ available: 60, frozen: 40 });
    },
    sized(120_000, 300_000),
  );

  it(
    `of ${PAYMENTS} payments of a whole balance at once one succeeds, the others answer 8, and none is an error`,
    async () => {
      const from = await transfers.member();
      const firstLine = live.stack.logs().length;
      const body = {
        operation: 'PAY_FOR_SERVICE',
        receiver: STAGES.test.services[0],
        fromWallet: [{ wallet: 'SPOT@', asset: 'USDT' }],
        toAsset: 'USDT',
        toAmount: '100',
      };
      const pay = () => transfers.call('POST', '/v1/capital/wallet/operation', from.token, body);
      const answers = await Promise.all(Array.from({ length: PAYMENTS }, pay));
      const codes = answers.map((answer) => envelopeOf(answer).code).sort((one, other) => one - other);
      expect(codes).toEqual([1, ...Array.from({ length: PAYMENTS - 1 }, () => 8)]);
      const atOnce = servedAtOnce(firstLine);
      reportRun('payments of a whole balance at once', 0, { requests: PAYMENTS, 'served at once': atOnce });
      expect(atOnce).toBeGreaterThan(1);
      expect(await usdtOf(from)).toEqual({ available: 0, frozen: 0 });
    },
    sized(120_000, 300_000),
  );

  it('a function that gets no answer to its commit: the next try is given the stored one', async () => {
    const from = await transfers.member();
    const headers = { 'idempotency-key': `lost-${from.username}` };
    await live.stack.fault({ service: 'dynamodb', mode: 'lostResponse', operation: 'TransactWriteItems', rate: 1 });
    const lost = await transfers.send(from, to, '30', { headers });
    expect(await live.stack.struck('dynamodb')).toBeGreaterThan(0);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    expect(lost.status).toBeGreaterThanOrEqual(500);
    // It was done all the same, with the code and all.
    expect(await usdtOf(from)).toEqual({ available: 70, frozen: 30 });
    const again = await transfers.send(from, to, '30', { headers });
    expect(envelopeOf(again)).toMatchObject({ code: 1, msg: 'Success' });
    expect(Number(envelopeOf(again).data)).toBeGreaterThan(0);
    expect(again.headers['idempotent-replayed']).toBeDefined();
    expect(await usdtOf(from)).toEqual({ available: 70, frozen: 30 });
  }, 120_000);
});
