import * as z from 'zod';
import { systemClock } from '../../../shared/platform/clock.ts';
import { createFaultLayer } from '../ledger-faults/fault-layer.ts';
import { writeDown } from './acknowledgements.ts';
import { createMoves } from './moves.ts';
import { accountNames, planTransfers } from './plan.ts';
import { runWorkers } from './run.ts';

const orders = z.object({
  endpoint: z.string(),
  /** Where it writes down what it is about to do and what was acknowledged. */
  file: z.string(),
  seed: z.int(),
  accounts: z.int(),
});

/** More than a process makes before it is killed. */
const TRANSFERS = 100_000;
const AT_ONCE = 4;

/** A process that makes transfers until it is killed. */
const { endpoint, file, seed, accounts } = orders.parse(JSON.parse(process.argv[2] ?? ''));
const layer = createFaultLayer({ endpoint, seed, holdMs: 0 });

await runWorkers({
  moves: Array.from({ length: AT_ONCE }, () => createMoves(layer.client(), systemClock)),
  plans: planTransfers(seed, { names: accountNames(accounts), count: TRANSFERS, mostUnits: 10_000 }),
  onIntent: (command) => writeDown(file, { ...command, knowledge: 'intent' }),
  tell: (command) => writeDown(file, command),
});
