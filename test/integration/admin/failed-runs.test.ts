import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { adminCommands } from '../../support/admin-commands.ts';
import { parseLine } from '../../support/journey.ts';
import { startOutboxStack } from '../../support/outbox-stack.ts';

/** Runs seldom enough that no run of the clock comes in between. */
const JOB = 'document-sweeper';
const FUNCTION = `bitgin-local-jobs-${JOB}`;
const LOCAL = ['local', JOB] as const;
const RULE = 'arn:aws:events:ap-northeast-1:000000000000:rule/sweeper';
const HIDDEN = 'peter@example.com';

const listed = z.array(z.object({ job: z.string(), messages: z.int() }));
const redriven = z.array(z.looseObject({ id: z.string(), outcome: z.string(), records: z.null() }));
const ran = z.object({ message: z.literal('JOB'), endpoint: z.literal(`jobs.${JOB}`) });

/** As EventBridge sends it by the clock. */
const event = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: '2026-11-23T09:00:00Z',
  region: 'ap-northeast-1',
  resources: [RULE],
  detail: {},
};

/** As Lambda sends it when its tries are over. */
const givenUp = {
  version: '1.0',
  timestamp: '2026-11-23T09:02:05.568Z',
  requestContext: {
    requestId: 'e4b46cbf-b738-4880-8880-a18cdf61200e',
    functionArn: `arn:aws:lambda:ap-northeast-1:000000000000:function:${FUNCTION}:live`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 2,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '7', functionError: 'Unhandled' },
  responsePayload: { errorType: 'TimeoutError', errorMessage: `No answer for ${HIDDEN}`, trace: [HIDDEN] },
};

const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

let outbox: Awaited<ReturnType<typeof startOutboxStack>>;
let commands: ReturnType<typeof adminCommands>;

beforeAll(async () => {
  outbox = await startOutboxStack();
  commands = adminCommands({ stack: outbox.stack(), journey: outbox.journey() });
}, 120_000);
afterAll(() => outbox.stop());

const aws = async (target: string, path: string, body: object): Promise<Response> => {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
  return fetch(`${outbox.stack().url}/_local/aws${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
};

const send = async (body: unknown, MessageAttributes: object = {}): Promise<string> => {
  const QueueUrl = `https://sqs.local/${FUNCTION}-failures`;
  const MessageBody = JSON.stringify(body);
  const response = await aws('AmazonSQS.SendMessage', '/', { QueueUrl, MessageBody, MessageAttributes });
  return z.object({ MessageId: z.string() }).parse(await response.json()).MessageId;
};

const admin = (...args: readonly string[]) =>
  commands.admin(args, {
    AWS_ENDPOINT_URL: `${outbox.stack().url}/_local/aws`,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator',
  });

const waiting = async (): Promise<number | undefined> => {
  const { stdout } = await admin('failures', 'list', 'local', '--json');
  return listed.parse(JSON.parse(stdout)).find(({ job }) => job === JOB)?.messages;
};

const redrive = async (...args: readonly string[]) => {
  const { code, stdout } = await admin('failures', 'redrive', ...LOCAL, ...args, '--json');
  return { code, reports: redriven.parse(JSON.parse(stdout)) };
};

const runs = (): number =>
  outbox
    .stack()
    .logs()
    .filter((line) => ran.safeParse(parseLine(line.slice(line.indexOf('{')))).success).length;

describe('npm run admin -- failures, of a job that runs by the clock', () => {
  let byLambda: string;
  let byEventBridge: string;

  beforeEach(async () => {
    byLambda = await send(givenUp);
    byEventBridge = await send(event, {
      RULE_ARN: attribute(RULE),
      TARGET_ARN: attribute(givenUp.requestContext.functionArn),
      ERROR_CODE: attribute('THROTTLING'),
      ERROR_MESSAGE: attribute('Rate exceeded'),
      EXHAUSTED_RETRY_CONDITION: attribute('MaximumRetryAttempts'),
      RETRY_ATTEMPTS: attribute('1'),
    });
  });

  it('shows what Lambda and EventBridge gave up, runs the job once more for each, and deletes what ran', async () => {
    expect(await waiting()).toBe(2);
    const { stdout } = await admin('failures', 'show', ...LOCAL, '--json');
    const firstAt = Date.parse(event.time);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: byLambda, condition: 'RetriesExhausted', error: 'TimeoutError', tries: 2, firstAt, records: null },
      { id: byEventBridge, condition: 'MaximumRetryAttempts', error: 'THROTTLING', tries: 2, firstAt, records: null },
    ]);
    const before = runs();
    const tried = await redrive('--message', 'all');
    expect(tried.reports.map(({ outcome }) => outcome)).toEqual(['would be done', 'would be done']);
    expect([runs(), await waiting()]).toEqual([before, 2]);
    // A run that dies leaves the message, and the other one is dealt with all the same.
    await outbox.kill(FUNCTION, 1);
    const half = await redrive('--message', 'all', '--apply', 'yes');
    expect(half).toMatchObject({
      code: 1,
      reports: [
        { id: byLambda, outcome: 'failed' },
        { id: byEventBridge, outcome: 'done' },
      ],
    });
    expect([outbox.kills(), runs(), await waiting()]).toEqual([1, before + 1, 1]);
    const whole = await redrive('--message', byLambda, '--apply', 'yes');
    expect(whole).toMatchObject({ code: 0, reports: [{ id: byLambda, outcome: 'done' }] });
    expect([runs(), await waiting()]).toEqual([before + 2, 0]);
  }, 60_000);

  it('tells nothing of what a message holds, and leaves alone what it does not know', async () => {
    await send({ somebody: HIDDEN });
    for (const form of [[], ['--json']]) {
      const { code, stdout, stderr } = await admin('failures', 'show', ...LOCAL, ...form);
      expect(code).toBe(0);
      expect(stdout).toContain('TimeoutError');
      expect(stdout).toContain('of another form');
      expect(stdout + stderr).not.toContain(HIDDEN);
    }
    const table = await admin('failures', 'redrive', ...LOCAL, '--message', 'all', '--from', 'table');
    expect(table).toMatchObject({ code: 2, stderr: expect.stringContaining('runs by the clock') });
    const { reports } = await redrive('--message', 'all', '--apply', 'yes');
    expect(reports.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(await waiting()).toBe(1);
  }, 60_000);

  it('calls the function by the alias that everything calls it by', async () => {
    const path = `/2015-03-31/functions/${FUNCTION}/invocations`;
    expect(await (await aws('', `${path}?Qualifier=live`, event)).json()).toMatchObject({ deleted: 0 });
    expect(await (await aws('', `${path}?Qualifier=other`, event)).json()).toMatchObject({
      __type: 'ResourceNotFoundException',
    });
  });
});
