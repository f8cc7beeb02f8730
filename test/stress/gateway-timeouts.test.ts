import { rmSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { STAGES } from '../../infra/stages.ts';
import { assemblyWithPatience, assemblyWithTimeout } from '../support/assembly-copy.ts';
import { journeyOn } from '../support/journey.ts';
import { sized } from '../support/ledger-run/soak.ts';
import { envelopeOf, startTestStack } from '../support/local-stack.ts';
import { transferJourneyOn } from '../support/transfer-journey.ts';

/** Longer than any limit here: who waits for the answer never gets it. */
const LATE_MS = 12_000;

/** What the function answers shortly before its time is over, and the gateway when that comes too late. */
const TIMED_OUT = 408;

const balances = z.object({
  balance: z.array(z.object({ currency: z.string(), available: z.number(), frozen: z.number() })),
});

type Change = (assembly: string) => string;

const started: (() => Promise<void>)[] = [];

/** A stack with limits of seconds, and the steps of people who send money. */
const stackWith = async (change: Change) => {
  const assembly = change(await prepareAssembly({ root: ROOT, stage: 'test' }));
  const stack = await startTestStack({ assembly, stage: 'test' });
  const transfers = transferJourneyOn({ stack, journey: journeyOn(stack) }, STAGES.test);
  started.push(async () => {
    transfers.close();
    await stack.stop();
    rmSync(assembly, { recursive: true });
  });
  return { stack, transfers };
};

beforeAll(async () => {
  await prepareAssembly({ root: ROOT, stage: 'test' });
}, 120_000);
afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

/** What ends first; every run tries the first one. */
const LIMITS: readonly (readonly [string, Change])[] = [
  ['its own limit', (assembly) => assemblyWithTimeout(assembly, 'WalletOperation', 9)],
  ["the gateway's", (assembly) => assemblyWithPatience(assembly, 'capital.wallet-operation', 9_000)],
];

describe('a function that runs out of time after its commit', () => {
  it.each(LIMITS.slice(0, sized(1, LIMITS.length)))(
    'by %s: the retry with the same key and the spent code is given the stored answer, and the money moved once',
    async (_, change) => {
      const { stack, transfers } = await stackWith(change);
      const [from, to] = [await transfers.member(), await transfers.member()];
      const usdt = async () => {
        const { data } = envelopeOf(await transfers.get('/v1/wallet/balance', from.token));
        const { available, frozen } = balances.parse(data).balance.find(({ currency }) => currency === 'USDT') ?? {};
        return { available, frozen };
      };
      const headers = { 'idempotency-key': `late-${from.username}` };
      const code = from.code();
      const send = (amount: string) => transfers.send({ ...from, code: () => code }, to, amount, { headers });
      // A request before that moves nothing, so that the start of the function does not take the time.
      expect((await transfers.send(from, from, '30')).status).not.toBe(TIMED_OUT);

      const late = { service: 'dynamodb', mode: 'lateResponse', operation: 'TransactWriteItems' } as const;
      await stack.fault({ ...late, delayMs: LATE_MS, rate: 1 });
      const timedOut = await send('30');
      expect(await stack.struck('dynamodb')).toBeGreaterThan(0);
      await stack.fault({ service: 'dynamodb', mode: 'none' });
      expect(timedOut.status).toBe(TIMED_OUT);
      expect(envelopeOf(timedOut)).toMatchObject({ success: false, data: null });
      expect(await usdt()).toEqual({ available: 70, frozen: 30 });

      const again = await send('30');
      expect(envelopeOf(again)).toMatchObject({ code: 1, msg: 'Success' });
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(Number(envelopeOf(again).data)).toBeGreaterThan(0);
      expect(await usdt()).toEqual({ available: 70, frozen: 30 });
      // The code was spent by what timed out: without the key it is good for nothing.
      const other = await transfers.send({ ...from, code: () => code }, to, '30');
      expect(envelopeOf(other).code).not.toBe(1);
      expect(await usdt()).toEqual({ available: 70, frozen: 30 });
    },
    240_000,
  );
});
