import { cpus } from 'node:os';
import * as z from 'zod';

/** Whether runs have their full sizes (`npm run test:soak`), or reduced ones of the same code. */
export const isFull = process.env['SOAK'] === 'full';

export const sized = (reduced: number, full: number): number => (isFull ? full : reduced);

/** What a run begins its draws with: given by SEED to replay one, else new each time. */
export const runSeed = (): number =>
  process.env['SEED'] === undefined
    ? Math.floor(Math.random() * 2 ** 31)
    : z.coerce.number().int().parse(process.env['SEED']);

/** A line of the README's reliability table, for whoever reads the output of a run. */
export const reportRun = (name: string, seed: number, facts: Readonly<Record<string, number | string>>): void => {
  const told = Object.entries(facts).map(([fact, value]) => `${fact} ${value}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  const day = new Date().toISOString().slice(0, 10);
  process.stdout.write(`| ${name} | ${told.join(', ')} | seed ${seed} | ${day} | ${machine} |\n`);
};
