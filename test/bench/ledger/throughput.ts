import { randomUUID } from 'node:crypto';
import { STEP } from '../../support/authenticator.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { testClock, testInbox, type TestResources } from '../../support/test-platform.ts';
import { interleave, median, timed } from '../measure.ts';
import { type BenchOptions, digits, type Row, typical } from '../report.ts';
import { transferHandlers } from './handlers.ts';
import { recordWork, replayAll, replayTransactions, type Wave } from './replay.ts';
import { newSender, type Sender } from './sender.ts';

/** Senders at once, each with a receiver of its own. */
const PAIRS = 8;

/** What one transfer does, in its three shapes. */
const variants = async ({ client }: Engine) => {
  const resources: TestResources = { client, clock: testClock(), inbox: testInbox(), lines: [] };
  const handlers = transferHandlers(resources);
  const pairs: { readonly from: Sender; readonly to: Sender }[] = [];
  for (let made = 0; made < PAIRS; made += 1) {
    // One after the other: each moves the clock past the code that it has used.
    pairs.push({ from: await newSender(resources), to: await newSender(resources) });
  }
  const [first] = pairs;
  if (!first) throw new Error('A bench has pairs.');

  let confirmable = 0;
  const waves: Wave[] = [
    ...(await recordWork(client, async () => {
      confirmable = await handlers.send(first.from, first.to, randomUUID());
    })),
  ];
  await handlers.followLink(confirmable);
  waves.push(
    ...(await recordWork(client, async () => {
      await handlers.confirm(first.from, confirmable);
    })),
  );

  const perSecond = (milliseconds: number): number => (PAIRS * 1000) / milliseconds;
  const atOnce = (work: () => Promise<void>) => async (): Promise<number> =>
    perSecond(await timed(() => Promise.all(pairs.map(work))));
  const throughHandlers = async (): Promise<number> => {
    resources.clock.advance(STEP);
    const ids: number[] = [];
    const sending = await timed(async () => {
      ids.push(...(await Promise.all(pairs.map(({ from, to }) => handlers.send(from, to, randomUUID())))));
    });
    await Promise.all(ids.map((id) => handlers.followLink(id)));
    const confirming = await timed(() =>
      Promise.all(pairs.map(({ from }, index) => handlers.confirm(from, ids[index] ?? 0))),
    );
    return perSecond(sending + confirming);
  };
  return {
    waves,
    measures: {
      handlers: throughHandlers,
      calls: atOnce(() => replayAll(client, waves)),
      transactions: atOnce(() => replayTransactions(client, waves)),
    },
  };
};

/** How many calls of each kind, such as `2 TransactWrite`. */
const kindsOf = (calls: Wave): string => {
  const kinds = Map.groupBy(calls, (call) => call.constructor.name.replace('Command', ''));
  return [...kinds].map(([kind, own]) => `${own.length} ${kind}`).join(', ');
};

/**
 * Transfers a second through the functions of order and web confirmation, against the two transactions of the same writes
 * alone, and against all the calls that the functions make: what is between these two is what the calls cost that prove
 * who sends what to whom; the rest is the functions' own work.
 */
export const ledgerRows = async ({ quick, note }: BenchOptions): Promise<readonly Row[]> => {
  note('transfers');
  const engine = await startEngine();
  try {
    const { waves, measures } = await variants(engine);
    const { handlers = [], calls: same = [], transactions = [] } = await interleave(measures, quick ? 5 : 25);
    const [ofHandlers, ofCalls, ofTransactions] = [median(handlers), median(same), median(transactions)];
    const each = (perSecond: number): number => 1000 / perSecond;
    const [own, reads] = [each(ofHandlers) - each(ofCalls), each(ofCalls) - each(ofTransactions)];
    return [
      {
        item: `Transfers (order and confirmation), ${PAIRS} at once, through handlers against raw TransactWriteItems of the same shape`,
        measured: typical(handlers, 'a second'),
        floor: typical(transactions, 'a second'),
        ratio: digits(ofHandlers / ofTransactions),
        bound: '',
      },
      {
        item: `What the difference is made of: the other calls (${kindsOf(waves.flat())} in all), and the functions' own work`,
        measured: `${digits(each(ofHandlers))} ms a transfer`,
        floor: `${digits(each(ofTransactions))} ms in transactions`,
        ratio: `+${digits(reads)} ms calls, +${digits(own)} ms own`,
        bound: '',
      },
    ];
  } finally {
    await engine.stop();
  }
};
