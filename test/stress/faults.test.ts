import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../shared/platform/clock.ts';
import { type Arena, inArena } from '../support/ledger-run/arena.ts';
import { createMoves } from '../support/ledger-run/moves.ts';
import { planTransfers } from '../support/ledger-run/plan.ts';
import { type Command, runWorkers } from '../support/ledger-run/run.ts';
import { reportRun, runSeed, sized } from '../support/ledger-run/soak.ts';

const WORKERS = 16;
const TRANSFERS = sized(250, 10_000);
const REFUSED = 0.3;
const LOST = 0.05;

const seed = runSeed();

const onABadDay = async (arena: Arena): Promise<void> => {
  const { layer, names } = arena;
  const plans = planTransfers(seed, { names, count: TRANSFERS, mostUnits: 10_000 });
  const moves = Array.from({ length: WORKERS }, () => createMoves(layer.client(), systemClock));
  const commands: Command[] = [];
  const started = performance.now();
  await runWorkers({ moves, plans, tell: (command) => commands.push(command) });
  const seconds = (performance.now() - started) / 1000;

  const unknown = commands.filter(({ knowledge }) => knowledge === 'unknown');
  const { calls, struck, met, inProgress } = layer.counts;
  const attempts = calls / commands.length;
  const strikes = [...struck.values()].reduce((sum, times) => sum + times, 0);
  reportRun('30 % of calls refused, 5 % of answers lost', seed, {
    transfers: TRANSFERS,
    commands: commands.length,
    'not done': unknown.length,
    because: [...new Set(unknown.map(({ error }) => error))].join('; ') || '-',
    'calls a command': attempts.toFixed(2),
    struck: JSON.stringify(Object.fromEntries(struck)),
    'share struck': (strikes / calls).toFixed(3),
    met: JSON.stringify(Object.fromEntries(met)),
    'asked again in progress': inProgress,
    seconds: seconds.toFixed(0),
  });
  expect(await arena.judge(commands)).toEqual([]);
  if (unknown.length > commands.length / 100) expect(unknown).toEqual([]);
  expect(attempts).toBeLessThanOrEqual(3);
  for (const kind of ['conflict', 'throttle', 'throttle reason', 'failure', 'lost answer'] as const)
    expect(struck.get(kind)).toBeGreaterThan(0);
  expect(strikes / calls).toBeGreaterThan((REFUSED + LOST) * 0.8);
};

describe(`30 % of calls refused and 5 % of answers lost (SEED=${seed})`, () => {
  it(
    'does at least 99 % within the deadline, by at most three calls on average, and loses nothing',
    () =>
      inArena(
        { accounts: 50, each: 100_000n },
        { seed, holdMs: 1, lanes: 6, rates: { refused: REFUSED, lost: LOST } },
        onABadDay,
      ),
    sized(120_000, 1_800_000),
  );
});
