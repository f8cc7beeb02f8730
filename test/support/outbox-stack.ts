import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { temporaryDirectory } from '../unit/infra/local/fixture-assembly.ts';
import { journeyOn, parseLine } from './journey.ts';
import { startTestStack, type TestStack } from './local-stack.ts';

export const SENDER = 'bitgin-local-jobs-mail-sender';
export const SWEEPER = 'bitgin-local-jobs-mail-sweeper';

const TABLE = 'bitgin-local-outbox';

const queue = z.object({ messages: z.array(z.object({ body: z.string() })) });

const swept = z.object({ result: z.record(z.string(), z.int()) });

const jobLine = z.object({
  message: z.literal('JOB'),
  endpoint: z.literal('jobs.mail-sender'),
  report: z.object({ records: z.int() }),
});

/** An item of the outbox as a transaction leaves it; `change` makes a bad one. */
export const queuedItem = (change: object = {}) => {
  const username = `u${randomBytes(6).toString('hex')}`;
  const at = Date.now();
  const to = `${username}@example.com`;
  const notice = { kind: 'factor-bound', facts: { at }, userId: username, username, to, locale: 'en' };
  const sk = `${at}#${randomBytes(16).toString('hex')}`;
  return { pk: 'OUTBOX#7', sk, ...notice, at, attempts: 0, leaseUntil: 0, nextAttemptAt: 0, ...change, to };
};

/** The whole application with functions as processes, and what happens around its outbox. */
export const startOutboxStack = async () => {
  const dataDirectory = temporaryDirectory();
  const start = (): Promise<TestStack> => startTestStack({ functionsAs: 'processes', dataDirectory });
  let stack = await start();
  const tables = () => {
    const client = dynamoDbClient(stack.stack.endpoints.dynamodb, 'ap-northeast-1', accessKeyOf(OPERATOR));
    return DynamoDBDocumentClient.from(client);
  };
  const post = async (path: string, body?: object) => {
    const answer = await stack.call('POST', path, { body });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + 30_000;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`Waited too long until ${what}:\n${stack.logs().join('\n')}`);
      await sleep(30);
    }
  };
  return {
    stack: () => stack,
    journey: () => journeyOn(stack),
    until,
    /** Writes all at once, so that they come in one batch. */
    put: async (items: readonly ReturnType<typeof queuedItem>[]): Promise<void> => {
      const client = tables();
      const puts = items.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: puts } }));
      client.destroy();
    },
    /** What is in the outbox. */
    items: async () => {
      const client = tables();
      const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
      client.destroy();
      return Items;
    },
    /** How many mails went to each of the addresses. */
    counts: async (addresses: readonly string[]): Promise<readonly number[]> => {
      const { emails } = await stack.outbox();
      return addresses.map((address) => emails.filter(({ to }) => to === address).length);
    },
    failures: async () => queue.parse((await stack.call('GET', `/_local/queues/${SENDER}-failures`)).body).messages,
    sweep: async () => swept.parse(await post('/_local/jobs/jobs-mail-sweeper')).result,
    shift: (offsetMs: number) => post('/_local/clock', { offsetMs }),
    kill: (functionName: string, afterCalls: number) => post('/_local/kill', { functionName, afterCalls }),
    kills: (): number => stack.logs().filter((line) => line.includes('exited with signal SIGKILL')).length,
    /** How many records the sender got since the last start. */
    records: (): number =>
      stack
        .logs()
        .map((line) => jobLine.safeParse(parseLine(line.slice(line.indexOf('{')))).data?.report.records ?? 0)
        .reduce((sum, records) => sum + records, 0),
    /** Starts again as if no record of any stream had been read. */
    redeliver: async (): Promise<void> => {
      await stack.stop();
      rmSync(join(dataDirectory, 'streams.json'));
      stack = await start();
    },
    stop: async (): Promise<void> => {
      await stack.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
};
