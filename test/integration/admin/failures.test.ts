import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoDbClient, OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import { adminCommands } from '../../support/admin-commands.ts';
import { queuedItem, startOutboxStack } from '../../support/outbox-stack.ts';

const LOCAL = ['local', 'mail-sender'] as const;

const listed = z.array(z.object({ job: z.string(), messages: z.int() }));
const shown = z.array(z.object({ id: z.string(), condition: z.string(), records: z.int(), tries: z.int() }));
const redriven = z.array(z.object({ id: z.string(), outcome: z.string(), records: z.int() }));

let outbox: Awaited<ReturnType<typeof startOutboxStack>>;
let commands: ReturnType<typeof adminCommands>;

beforeAll(async () => {
  outbox = await startOutboxStack();
  const stack = outbox.stack();
  commands = adminCommands({ stack, journey: outbox.journey() });
}, 120_000);
afterAll(() => outbox.stop());

/** As an operator would call it: the commands are given this machine in AWS's place, and credentials of nobody. */
const admin = (...args: readonly string[]) =>
  commands.admin([...args, '--json'], {
    AWS_ENDPOINT_URL: `${outbox.stack().url}/_local/aws`,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator',
  });

const waiting = async (): Promise<number> => {
  const { stdout, stderr } = await admin('failures', 'list', 'local');
  if (stderr !== '') throw new Error(stderr);
  return listed.parse(JSON.parse(stdout)).find(({ job }) => job === 'mail-sender')?.messages ?? -1;
};

const redrive = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await admin('failures', 'redrive', ...LOCAL, ...args);
  return { code, stderr, reports: stdout === '' ? [] : redriven.parse(JSON.parse(stdout)) };
};

/** What a person does about a mail that was set aside: puts it right. */
const putRight = async ({ pk, sk }: { readonly pk: string; readonly sk: string }): Promise<void> => {
  const client = dynamoDbClient(outbox.stack().stack.endpoints.dynamodb, 'ap-northeast-1', accessKeyOf(OPERATOR));
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: 'bitgin-local-outbox',
      Key: { pk, sk },
      UpdateExpression: 'SET kind = :kind REMOVE parkedFor, parkedAt',
      ExpressionAttributeValues: { ':kind': 'factor-bound' },
    }),
  );
  client.destroy();
};

describe('npm run admin -- failures', () => {
  let poison: ReturnType<typeof queuedItem>;
  let before: number;

  const kept = async (): Promise<number> => (await outbox.failures()).length;

  beforeEach(async () => {
    before = await kept();
    poison = queuedItem({ kind: 'from-nowhere' });
    await outbox.put([poison]);
    await outbox.until('the record is given up', async () => (await kept()) > before);
  }, 60_000);

  it('shows what was given up, keeps what fails again, and deletes what its job has dealt with', async () => {
    expect(await waiting()).toBe(1);
    const { stdout } = await admin('failures', 'show', ...LOCAL);
    const [message] = shown.parse(JSON.parse(stdout));
    expect(message).toMatchObject({ condition: 'RetryAttemptsExhausted', records: 1, tries: 3 });
    const id = message?.id ?? '';
    const records = outbox.records();
    const tried = await redrive('--message', id);
    expect(tried).toEqual({ code: 0, stderr: '', reports: [{ id, outcome: 'would be done', records: 1 }] });
    expect(outbox.records()).toBe(records);
    const again = await redrive('--message', id, '--apply', 'yes');
    expect(again).toMatchObject({ code: 1, reports: [{ id, outcome: 'failed', records: 1 }] });
    // The job did get it once more.
    expect(outbox.records()).toBe(records + 1);
    expect(await kept()).toBe(1);
    await putRight(poison);
    const done = await redrive('--message', id, '--apply', 'yes');
    expect(done).toMatchObject({ code: 0, reports: [{ id, outcome: 'done', records: 1 }] });
    expect(await kept()).toBe(0);
    expect(await outbox.counts([poison.to])).toEqual([1]);
  }, 60_000);

  it('reads from the table what the stream has forgotten, and refuses what makes no sense', async () => {
    const nobody = await redrive('--message', 'nobody');
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no message nobody') });
    expect(await redrive()).toMatchObject({ code: 2, stderr: expect.stringContaining('--message') });
    expect(await kept()).toBe(1);
    await putRight(poison);
    const { reports } = await redrive('--message', 'all', '--from', 'table', '--apply', 'yes');
    expect(reports).toMatchObject([{ outcome: 'done' }]);
    expect(await kept()).toBe(0);
    expect(await outbox.counts([poison.to])).toEqual([1]);
  }, 60_000);
});
