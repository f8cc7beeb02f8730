import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STAGES } from '../../../infra/stages.ts';
import { type ApiResponse, envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { transferJourneyOn } from '../../support/transfer-journey.ts';
import { useJourney } from '../../support/use-journey.ts';

const { test: STAGE } = STAGES;
const MINUTE = 60_000;

const holdings = z.object({
  balance: z.array(z.object({ currency: z.string(), available: z.number(), frozen: z.number() })),
});

type Transfers = ReturnType<typeof transferJourneyOn>;
type Person = Awaited<ReturnType<Transfers['member']>>;

const codeOf = (response: ApiResponse) => [response.status, envelopeOf(response).code];

describe('transfers over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let transfers: Transfers;
  let from: Person;
  let to: Person;

  beforeAll(async () => {
    transfers = transferJourneyOn(live, STAGE);
    [from, to] = [await transfers.member(), await transfers.member()];
  }, 120_000);
  afterAll(() => transfers.close());

  const balanceOf = async ({ token }: Person) => {
    const { data } = envelopeOf(await transfers.get('/v1/wallet/balance', token));
    return holdings.parse(data).balance.find(({ currency }) => currency === 'USDT');
  };

  const confirmPath = (id: number) => `/v1/validate/transfer_confirm?balance_audit_id=${id}`;
  const cancelPath = (id: number | string) => `/v1/capital/transfer/cancel?id=${id}`;
  const resendPath = (id: number) => `/v1/validate/emailtransfer_resend?balance_audit_id=${id}`;
  const location = ({ headers }: ApiResponse) => String(headers['location']);

  it('go from the order over the mailed link to the receiver', async () => {
    const response = await transfers.send(from, to, '1.5');
    expect(envelopeOf(response)).toMatchObject({ code: 1, msg: 'Success' });
    const id = Number(envelopeOf(response).data);
    const followed = await transfers.get(await transfers.linkOf(from, '1\\.5'), from.token);
    expect(followed.status).toBe(302);
    expect(location(followed)).toBe(`${STAGE.frontendUrl}?balance_audit_id=${id}&coin_id=USDT&type=confirm`);
    const confirmed = await transfers.get(confirmPath(id), from.token);
    expect(envelopeOf(confirmed)).toMatchObject({ code: 1, msg: 'Success', data: id });
    expect(envelopeOf(await transfers.get(confirmPath(id), from.token))).toMatchObject({ code: 1, data: id });
    expect(codeOf(await transfers.get(cancelPath(id), from.token))).toEqual([400, -19]);
    const again = await transfers.get(await transfers.linkOf(from, '1\\.5'), from.token);
    expect(location(again)).toBe(`${STAGE.frontendUrl}?alertcode=-19&alerttype=used`);
    expect(await balanceOf(to)).toMatchObject({ available: 101.5, frozen: 0 });
    const { text } = await live.journey.mailTo(to.email, { about: /1\.5 USDT/ });
    expect(text).toContain(from.username);
  });

  it('are cancelled, once and again, and resent once a minute', async () => {
    await transfers.advance(MINUTE);
    const id = await transfers.sent(from, to, '2.5');
    expect(envelopeOf(await transfers.get(resendPath(id), from.token))).toMatchObject({ code: 1, data: id });
    const soon = await transfers.get(resendPath(id), from.token);
    expect(codeOf(soon)).toEqual([429, -429]);
    expect(Number(soon.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(Number(soon.headers['retry-after'])).toBeGreaterThan(0);
    for (let times = 0; times < 2; times += 1) {
      const cancelled = await transfers.get(cancelPath(id), from.token);
      expect(envelopeOf(cancelled)).toMatchObject({ code: 1, msg: 'Success', data: null });
    }
    expect(await balanceOf(from)).toMatchObject({ frozen: 0 });
  });

  it('are not found by others, nor by what is no id', async () => {
    await transfers.advance(MINUTE);
    const id = await transfers.sent(from, to, '3.5');
    for (const path of [confirmPath(id), cancelPath(id), resendPath(id)]) {
      expect(codeOf(await transfers.get(path, to.token))).toEqual([404, -404]);
    }
    expect(codeOf(await transfers.get(cancelPath('x'), from.token))).toEqual([404, -404]);
    expect(codeOf(await transfers.get('/v1/capital/transfer/cancel', from.token))).toEqual([400, -2]);
    const link = await transfers.linkOf(from, '3\\.5');
    expect(location(await transfers.get(link, to.token))).toBe(`${STAGE.frontendUrl}?alertcode=-404&alerttype=error`);
    await transfers.get(cancelPath(id), from.token);
  });

  it('stay as they are when a mail scanner follows the link without the session; the owner’s click still works', async () => {
    await transfers.advance(MINUTE);
    const id = await transfers.sent(from, to, '4.5');
    const link = await transfers.linkOf(from, '4\\.5');
    for (let times = 0; times < 10; times += 1) {
      const scanned = await live.stack.call('GET', link, { headers: { 'user-agent': 'scanner' } });
      expect([scanned.status, location(scanned)]).toEqual([
        302,
        `${STAGE.frontendUrl}?alertcode=10002&alerttype=login`,
      ]);
      await live.stack.call('HEAD', link);
    }
    expect(codeOf(await transfers.get(confirmPath(id), from.token))).toEqual([400, -19]);
    // As a browser does that comes from a web mailer.
    const click = { cookie: `token=${from.token}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const clicked = await live.stack.call('GET', link, { headers: { ...click, 'sec-fetch-dest': 'document' } });
    expect(location(clicked)).toContain('type=confirm');
    const forged = await live.stack.call('GET', confirmPath(id), { headers: click });
    expect(codeOf(forged)).toEqual([403, -403]);
    expect(codeOf(await transfers.get(confirmPath(id), from.token))).toEqual([200, 1]);
  });

  it('take four sequential calls to order, and three at most to confirm, cancel, resend and follow', async () => {
    await transfers.advance(MINUTE);
    await live.stack.fault({ service: 'dynamodb', mode: 'slow', rate: 1, delayMs: 50 });
    await live.stack.fault({ service: 'kms', mode: 'slow', rate: 1, delayMs: 50 });
    const ordered = await transfers.send(from, to, '5.5', { headers: { 'idempotency-key': 'calls' } });
    const id = Number(envelopeOf(ordered).data);
    expect(serverTiming(ordered)).toMatchObject({ sequential: 4 });
    expect(serverTiming(ordered).calls.join()).toContain('Decrypt');
    const steps = [resendPath(id), await transfers.linkOf(from, '5\\.5'), confirmPath(id)];
    const timings = [];
    for (const path of steps.slice(1)) timings.push(serverTiming(await transfers.get(path, from.token)).sequential);
    expect(timings).toEqual([2, 2]);
    await transfers.advance(MINUTE);
    const other = await transfers.sent(from, to, '6.5');
    for (const path of [resendPath(other), cancelPath(other)]) {
      expect(serverTiming(await transfers.get(path, from.token)).sequential).toBe(2);
    }
    expect(await live.stack.struck('kms')).toBeGreaterThan(0);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    await live.stack.fault({ service: 'kms', mode: 'none' });
  });

  it('expire by the job, and are told so', async () => {
    await transfers.advance(MINUTE);
    const id = await transfers.sent(from, to, '7.5');
    await transfers.advance(30 * MINUTE);
    const run = await live.stack.call('POST', '/_local/jobs/jobs-transfer-expiry');
    expect(run.status).toBe(200);
    expect(codeOf(await transfers.get(confirmPath(id), from.token))).toEqual([400, -19]);
    expect(await balanceOf(from)).toMatchObject({ frozen: 0 });
    const { text } = await live.journey.mailTo(from.email, { about: /not confirmed|期限|逾期/ });
    expect(text).toContain('7.5 USDT');
  });
});
