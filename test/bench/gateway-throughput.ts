import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { interleave } from './measure.ts';
import { startRawServer } from './raw-server.ts';
import { type BenchOptions, ratioRow, type Row } from './report.ts';
import type { Subject } from './subject.ts';

const run = promisify(execFile);

const CHILD = fileURLToPath(new URL('load-child.mjs', import.meta.url));
const PATH = '/v1/time';

/**
 * Connections that ask at once. What a server can do shows when there is always a request waiting for it; with four, some
 * of the machine stands idle while a request is handed from thread to thread, and with one it is that which is measured.
 */
const LOADS = [
  { connections: 16, bound: '≥ 0.4' },
  { connections: 4, bound: '' },
  { connections: 1, bound: '' },
] as const;

/**
 * Seconds of load on each side before anything counts. Every worker is a V8 of its own, and until its compilers are done
 * with the bundle it is they that are measured: some 15,000 requests for each of the eight workers.
 */
const WARM_UP_SECONDS = 40;

/** One of the two that are held against each other. */
interface Side {
  readonly url: string;
  /** Microseconds of processor time that its process has used, all its threads together. */
  readonly worked: () => Promise<number>;
}

const ask = async (url: string, seconds: number, connections: number): Promise<number> => {
  const { stdout } = await run(process.execPath, [CHILD, url, String(seconds), String(connections)]);
  return Number(stdout);
};

/**
 * Answers a second, asked from a process of its own. What each answer took of the side's process goes into `work`
 * (microseconds): unlike the rate it does not tell how busy the machine is otherwise.
 */
const load =
  ({ url, worked }: Side, seconds: number, connections: number, work: number[]) =>
  async (): Promise<number> => {
    const before = await worked();
    const rate = await ask(url, seconds, connections);
    work.push(((await worked()) - before) / (rate * seconds));
    return rate;
  };

/** The local gateway with its workers against a server of node:http that gives the same answer by itself. */
export const gatewayRows = async ({ stack }: Subject, { quick, note }: BenchOptions): Promise<readonly Row[]> => {
  const gateway: Side = {
    url: `${stack.url}${PATH}`,
    worked: () => {
      const { user, system } = process.cpuUsage();
      return Promise.resolve(user + system);
    },
  };
  const server = await startRawServer(gateway.url);
  const [{ connections: most }] = LOADS;
  note('local gateway, warming up');
  for (const { url } of [gateway, server]) await ask(url, WARM_UP_SECONDS, most);
  const seconds = quick ? 1 : 3;
  const rows: Row[] = [];
  for (const { connections, bound } of LOADS) {
    note(`local gateway, ${connections} at once`);
    const work: Readonly<Record<'gateway' | 'raw', number[]>> = { gateway: [], raw: [] };
    const { gateway: reached = [], raw = [] } = await interleave(
      {
        gateway: load(gateway, seconds, connections, work.gateway),
        raw: load(server, seconds, connections, work.raw),
      },
      quick ? 3 : 7,
    );
    const title = `Local gateway with workers against raw node:http, ${connections} at once`;
    rows.push(
      ratioRow(title, reached, raw, { unit: 'requests/s', bound }),
      ratioRow(`${title}, work a request`, work.gateway.slice(1), work.raw.slice(1), { unit: 'µs', bound: '' }),
    );
  }
  server.stop();
  return rows;
};
