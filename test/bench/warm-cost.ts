import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { medianByRound } from './measure.ts';
import { type BenchOptions, digits, type Row, typical } from './report.ts';
import type { Subject } from './subject.ts';

const run = promisify(execFile);

const CHILD = fileURLToPath(new URL('warm-child.ts', import.meta.url));

const samples = z.object({ stack: z.array(z.number()), bare: z.array(z.number()) });

/** What the whole stack costs above a bare handler once everything is warm, with the database's answers at hand. */
export const warmCostRow = async (subject: Subject, { quick, note }: BenchOptions): Promise<Row> => {
  note('warm cost');
  const env = { ...subject.environment(user.id) };
  const { stdout } = await run(process.execPath, [CHILD, subject.token, quick ? 'quick' : 'full'], { env });
  const { stack, bare } = samples.parse(JSON.parse(stdout));
  return {
    item: 'Warm cost of the whole stack, no I/O',
    measured: typical(stack, 'µs'),
    floor: typical(bare, 'µs'),
    ratio: `+${digits(medianByRound(stack, bare, (one, other) => one - other))} µs`,
    bound: '≤ +20 µs',
  };
};
