import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STAGES } from '../../infra/stages.ts';
import { embeddedMetrics } from '../support/embedded-metrics.ts';
import { parseLine, somebody } from '../support/journey.ts';
import type { ApiResponse } from '../support/local-stack.ts';
import { transferJourneyOn } from '../support/transfer-journey.ts';
import { useJourney } from '../support/use-journey.ts';

const live = useJourney();

const TIMEOUT_MS = 15_000;

const logLine = z.looseObject({
  message: z.string(),
  endpoint: z.string(),
  requestId: z.string(),
  originRequestId: z.string().optional(),
});

/** The lines of every function that name a request, as a query by its id finds them. */
const linesOf = (id: string) =>
  live.stack.logs().flatMap((text) => {
    const line = logLine.safeParse(parseLine(text)).data;
    return line && (line.requestId === id || line.originRequestId === id) ? [{ ...line, text }] : [];
  });

const messagesOf = (id: string) => linesOf(id).map(({ endpoint, message }) => `${endpoint} ${message}`);

/** Waits for the line of the mail, which follows the answer. */
const followed = async ({ headers }: ApiResponse): Promise<string> => {
  const id = String(headers['x-amzn-requestid']);
  const deadline = performance.now() + TIMEOUT_MS;
  while (!messagesOf(id).includes('jobs.mail-sender MAIL_SENT')) {
    if (performance.now() > deadline) throw new Error(`No mail of ${id}:\n${live.stack.logs().join('\n')}`);
    await sleep(20);
  }
  return id;
};

describe('the id that a response names', () => {
  it('leads from a registration over its function to the sender of its mail', async () => {
    const person = somebody();
    const id = await followed(await live.journey.register(person));
    expect(messagesOf(id)).toEqual(['auth.register REQUEST', 'jobs.mail-sender MAIL_SENT']);
    const [answered, sent] = linesOf(id);
    // The sender has an id of its own beside it: that of its run.
    expect(sent?.requestId).not.toBe(id);
    expect(embeddedMetrics(answered?.text ?? '').map(({ name }) => name)).toEqual(['Latency', 'Registrations']);
    expect(embeddedMetrics(sent?.text ?? '')).toMatchObject([
      { namespace: 'BitGin/local', name: 'MailsSent', dimensions: { endpoint: 'jobs.mail-sender' }, value: 1 },
      { name: 'MailDelay', unit: 'Milliseconds', value: expect.any(Number) },
    ]);
    expect(JSON.stringify(linesOf(id))).not.toContain(person.email);
  });
});

describe('the id of a transfer', () => {
  let transfers: ReturnType<typeof transferJourneyOn>;
  beforeAll(() => {
    transfers = transferJourneyOn(live, STAGES.local);
  });
  afterAll(() => transfers.close());

  it('leads to the mail that asks for its confirmation', async () => {
    const [from, to] = [await transfers.member(), await transfers.member()];
    const id = await followed(await transfers.send(from, to, '1'));
    const [answered] = linesOf(id);
    expect(messagesOf(id)).toEqual(['capital.wallet-operation REQUEST', 'jobs.mail-sender MAIL_SENT']);
    expect(embeddedMetrics(answered?.text ?? '').map(({ name }) => name)).toContain('TransfersRequested');
  });
});
