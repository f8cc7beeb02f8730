import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { apiEvent } from '../support/api-event.ts';
import type { ComparisonBundles } from './bundles.ts';
import { interleave } from './measure.ts';
import { type BenchOptions, ratioRow, type Row } from './report.ts';
import type { Subject } from './subject.ts';

const run = promisify(execFile);

const CHILD = fileURLToPath(new URL('cold-child.mjs', import.meta.url));
const TIMEOUT_MS = 30_000;

const answer = z.object({ statusCode: z.number(), body: z.string(), milliseconds: z.number() });

/** What one fresh process took: from its start, and from the moment Node was up. Milliseconds. */
interface Cold {
  readonly fromSpawn: number;
  readonly fromLoad: number;
}

const coldStart = async (bundle: string, event: object, env: NodeJS.ProcessEnv): Promise<Cold> => {
  const started = performance.now();
  const { stdout } = await run(process.execPath, [CHILD, bundle, JSON.stringify(event)], { env, timeout: TIMEOUT_MS });
  const fromSpawn = performance.now() - started;
  // The function's own log lines come before what the child says.
  const said = answer.parse(JSON.parse(stdout.slice(stdout.lastIndexOf('{"statusCode"'))));
  if (said.statusCode !== 200) throw new Error(`${bundle} answered ${said.statusCode}: ${said.body}`);
  return { fromSpawn, fromLoad: said.milliseconds };
};

/** Cold start of the real bundle of `GET /v1/user` against handlers that do no more than its read. */
export const coldStartRows = async (
  { token, environment, bundles }: Subject,
  { bare, express }: ComparisonBundles,
  { quick, note }: BenchOptions,
): Promise<readonly Row[]> => {
  note('cold start');
  const event = apiEvent({ path: user.path, headers: { token } });
  const env = environment(user.id);
  const inner = new Map<string, number[]>();
  const measure = (name: string, bundle: string) => async (): Promise<number> => {
    const { fromSpawn, fromLoad } = await coldStart(bundle, event, env);
    inner.set(name, [...(inner.get(name) ?? []), fromLoad]);
    return fromSpawn;
  };
  const whole = await interleave(
    {
      user: measure('user', bundles().get(user.id) ?? ''),
      bare: measure('bare', bare),
      ...(express !== undefined && { express: measure('express', express) }),
    },
    quick ? 7 : 31,
  );
  const title = 'Cold start of `GET /v1/user`';
  const rows = (samples: (name: string) => readonly number[], from: string, bounds: readonly [string, string]) => [
    ratioRow(`${title}, ${from}, against the bare handler`, samples('user'), samples('bare'), {
      unit: 'ms',
      bound: bounds[0],
    }),
    ...(express === undefined
      ? []
      : [
          ratioRow(`${title}, ${from}, against Express`, samples('user'), samples('express'), {
            unit: 'ms',
            bound: bounds[1],
          }),
        ]),
  ];
  return [
    ...rows((name) => whole[name] ?? [], 'process start to answer', ['≤ 1.25', '< 0.95']),
    ...rows((name) => inner.get(name)?.slice(1) ?? [], 'load to answer', ['', '']),
  ];
};
