import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { journeyOn } from '../support/journey.ts';
import { isFull, reportRun, sized } from '../support/ledger-run/soak.ts';
import { createLoad, type Length } from '../support/load/load.ts';
import { quarters, threadsOf, watchMemory } from '../support/load/memory.ts';
import type { Person } from '../support/load/requests.ts';
import { connectTo, type StackClient } from '../support/local-stack.ts';
import { boundAndReady } from '../support/ready-factor.ts';
import { signerOn } from '../support/signer.ts';
import { addressIn, ready, type Started, startProcess } from '../support/stack-process.ts';

const CONNECTIONS = sized(4, 64);

/** A short run is so many requests, which is seconds where nothing else runs; the full one is half a minute. */
const LENGTH: Length = isFull ? { duration: 30 } : { amount: 300 };
/** Twice around the registry. */
const WARMING: Length = { amount: sized(40, 150) };

const PEOPLE = sized(1, 16);

/** Of the registry's endpoints, every so manieth: a worker for each is most of what a short run takes. */
const EVERY = sized(8, 1);

/** Connections of the runs before the one that counts: workers start one after the other, then as many as it takes. */
const RAMP = [1, 2, 4, 8, 16, 32, 64, 64].filter((connections) => connections <= CONNECTIONS);

/** Runs as long as the one that counts, before it: until no worker starts any more, since each is memory of its own. */
const MOST_ROUNDS = sized(0, 10);

/**
 * While hundreds of workers start on a few cores, a call may wait longer than the SDK does, and the request is answered as it
 * is where a service does not answer. Once they have started nothing excuses that.
 */
const IS_BUSY = /: answered 503$/;

const MB = 1024 * 1024;

/** A thread's own heap and stack, by what the memory of a stack without load is divided by its workers. */
const MB_A_WORKER = 20;

/**
 * What the memory may grow by between the second and the last quarter, as a share of what it is, beside new workers: V8
 * lets a heap grow before it collects, each worker has one, and a short run ends before they have their size.
 */
const GROWTH = sized(0.5, 0.1);

const newPerson = async (stack: StackClient): Promise<Person> => {
  const journey = journeyOn(stack);
  const token = await journey.loggedIn();
  await boundAndReady(stack, token);
  return { token, key: await signerOn(stack, journey).makeKey(token) };
};

describe(`${CONNECTIONS} connections over the registry`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'load-'));
  const people: Person[] = [];
  let started: Started;
  let client: ReturnType<typeof connectTo>;

  beforeAll(async () => {
    await prepareAssembly({ root: ROOT, stage: 'local' });
    started = startProcess({ LOCAL_DATA_DIRECTORY: directory });
    const url = await ready(started, 60_000);
    client = connectTo(url, addressIn(started, 'admin'));
    while (people.length < PEOPLE) people.push(await newPerson(client));
  }, 300_000);
  afterAll(async () => {
    client.close();
    started.child.kill('SIGTERM');
    await started.end;
    rmSync(directory, { recursive: true, force: true });
  });

  it('gives documented answers, no error but 429, and holds no more memory in the end', async () => {
    const pid = started.child.pid ?? 0;
    const load = await createLoad(client, people, EVERY);
    for (const connections of RAMP) await load.run(connections, WARMING);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const threads = threadsOf(pid);
      await load.run(CONNECTIONS, LENGTH);
      if (threadsOf(pid) <= threads) break;
    }
    const starting = load.takeProblems();
    const linesBefore = started.lines.length;
    const memory = watchMemory(pid);
    const result = await load.run(CONNECTIONS, LENGTH);
    const samples = memory.stop();
    const held = quarters(samples.map(({ rss }) => rss));
    const workers = quarters(samples.map(({ threads }) => threads));
    reportRun('the registry under load', 0, {
      connections: CONNECTIONS,
      seconds: result.duration,
      requests: result.requests.total,
      answers: load.told(),
      'threads by quarter': workers.join(' '),
      'MB by quarter': held.map((bytes) => Math.round(bytes / MB)).join(' '),
    });
    const failures = started.lines.slice(linesBefore).filter((line) => line.includes('"REQUEST_FAILED"'));
    expect([...load.takeProblems(), ...failures]).toEqual([]);
    expect(starting.filter((problem) => !IS_BUSY.test(problem))).toEqual([]);
    expect([result.errors, result.timeouts, result['5xx']]).toEqual([0, 0, 0]);
    expect(load.codes()).toEqual(expect.arrayContaining(['200 1']));
    const [, second = 0, , last = 0] = held;
    const [, before = 0, , after = 0] = workers;
    expect(last).toBeLessThan(second * (1 + GROWTH) + Math.max(0, after - before) * MB_A_WORKER * MB);
  }, 600_000);
});
