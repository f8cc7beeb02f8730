import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HOST, listen } from '../../infra/local/ports.ts';
import { interleave } from './measure.ts';
import { type BenchOptions, ratioRow, type Row } from './report.ts';
import type { Subject } from './subject.ts';

const run = promisify(execFile);

const CHILD = fileURLToPath(new URL('load-child.mjs', import.meta.url));
const PATH = '/v1/time';
const CONNECTIONS = 4;

/**
 * Seconds of load on each side before anything counts. Every worker is a V8 of its own, and until its compilers are done
 * with the bundle it is they that are measured: some 15,000 requests for each of the four workers.
 */
const WARM_UP_SECONDS = 30;

/**
 * Answers a second, asked from a process of its own. What each answer took of this process, all its threads together, goes
 * into `worked` (microseconds): unlike the rate it does not tell how busy the machine is otherwise.
 */
const load =
  (url: string, seconds: number, worked: number[] = []) =>
  async (): Promise<number> => {
    const before = process.cpuUsage();
    const { stdout } = await run(process.execPath, [CHILD, url, String(seconds), String(CONNECTIONS)]);
    const { user, system } = process.cpuUsage(before);
    const rate = Number(stdout);
    worked.push((user + system) / (rate * seconds));
    return rate;
  };

/** The local gateway with its workers against a server of node:http that gives the same answer by itself. */
export const gatewayRows = async ({ stack }: Subject, { quick, note }: BenchOptions): Promise<readonly Row[]> => {
  note('local gateway');
  // On a connection of its own: one that was kept open while other items ran may be closed by now.
  const answer = await fetch(`${stack.url}${PATH}`);
  const type = answer.headers.get('content-type') ?? '';
  const text = await answer.text();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(text);
  });
  const port = await listen(server, 0, 'PORT');
  const urls = { gateway: `${stack.url}${PATH}`, raw: `http://${HOST}:${port}${PATH}` };
  for (const url of Object.values(urls)) await load(url, WARM_UP_SECONDS)();
  const seconds = quick ? 1 : 3;
  const worked: Readonly<Record<'gateway' | 'raw', number[]>> = { gateway: [], raw: [] };
  const { gateway = [], raw = [] } = await interleave(
    { gateway: load(urls.gateway, seconds, worked.gateway), raw: load(urls.raw, seconds, worked.raw) },
    quick ? 3 : 7,
  );
  server.close();
  const title = 'Local gateway with workers against raw node:http';
  return [
    ratioRow(title, gateway, raw, { unit: 'requests/s', bound: '≥ 0.4' }),
    ratioRow(`${title}, work a request`, worked.gateway.slice(1), worked.raw.slice(1), { unit: 'µs', bound: '' }),
  ];
};
