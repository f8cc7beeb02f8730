import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { withResources } from '../unit/infra/local/added-resources.ts';
import { ECHO, temporaryDirectory, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';
import { startTestStack, type TestStack } from './local-stack.ts';

const STREAM = 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/fixture-ephemeral/stream/local';

/** What Lambda needs of the functions' role. */
const grants = {
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'streams',
    Roles: [{ Ref: 'Role' }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((one) => `dynamodb:${one}`),
          Resource: STREAM,
        },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Failures', 'Arn'] } },
      ],
    },
  },
};

/** A queue of every fixture, for records that are given up. */
export const FAILURES = 'fixture-failures';

const printed = z.object({
  functionName: z.string(),
  keys: z.array(z.string()),
  first: z.record(z.string(), z.unknown()),
});

const queue = z.object({ messages: z.array(z.object({ body: z.string(), at: z.number() })) });

/** Prints the batch that it gets, and fails as the control file says: every batch, or those with a poisoned record. */
const consumer = (controlFile: string): string => `
  const { readFileSync } = require('node:fs');
  exports.handler = async ({ Records }, { functionName }) => {
    const { down = [], poison = [] } = JSON.parse(readFileSync('${controlFile}', 'utf8'));
    const keys = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
    console.log(JSON.stringify({ functionName, keys, first: Records[0] }));
    if (down.includes(functionName)) throw new Error('down');
    const bad = Records.filter(({ dynamodb }) => poison.includes(dynamodb.Keys.pk.S));
    if (functionName === 'fixture-partial')
      return { batchItemFailures: bad.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
    if (bad.length > 0) throw new RangeError('poisoned');
  };`;

/** Every mapping gets the items whose key begins with its function's name. */
const mapping = (name: string, properties: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    FunctionName: { Ref: name },
    EventSourceArn: STREAM,
    StartingPosition: 'TRIM_HORIZON',
    FilterCriteria: { Filters: [{ Pattern: `{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"${name}#"}]}}}}` }] },
    ...properties,
  },
});

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** `orders#01`, `orders#02`, … */
export const numbered = (name: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${name}#${String(from + index).padStart(2, '0')}`);

const clientOf = ({ stack }: TestStack) =>
  dynamoDbClient(stack.endpoints.dynamodb, 'ap-northeast-1', accessKeyOf(OPERATOR));

/**
 * A stack with one consumer of the table's stream for each given name, with the given properties of its mapping, and
 * with a data folder that is kept over `restart`.
 */
export const startStreamStack = async (mappings: Readonly<Record<string, object>>) => {
  const directory = temporaryDirectory();
  const controlFile = join(directory, 'control.json');
  const dataDirectory = join(directory, 'data');
  const control = (rules: { readonly down?: readonly string[]; readonly poison?: readonly string[] }): void =>
    writeFileSync(controlFile, JSON.stringify(rules));
  const source = consumer(controlFile);
  const functions = Object.fromEntries(Object.keys(mappings).map((name) => [name, { source }]));
  const assembly = withResources(writeFixtureAssembly({ ...functions, fallback: ECHO }), 'functions', {
    StreamGrants: grants,
    Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: FAILURES } },
    ...Object.fromEntries(Object.entries(mappings).map(([name, given]) => [`${name}Mapping`, mapping(name, given)])),
  });
  control({});
  let stack = await startTestStack({ assembly, dataDirectory });

  /** The batches that a function got so far, in this run of the stack. */
  const batchesOf = (name: string) =>
    stack.logs().flatMap((line) => {
      const batch = printed.safeParse(parseLine(line)).data;
      return batch?.functionName === `fixture-${name}` ? [batch] : [];
    });
  return {
    control,
    batchesOf,
    keysOf: (name: string): readonly (readonly string[])[] => batchesOf(name).map(({ keys }) => keys),
    /** Writes one item after the other. */
    put: async (keys: readonly string[]): Promise<void> => {
      const client = clientOf(stack);
      for (const pk of keys) {
        const Item = { pk: { S: pk }, sk: { S: 'x' }, bytes: { B: Buffer.from([1, 2, 255]) } };
        await client.send(new PutItemCommand({ TableName: 'fixture-ephemeral', Item }));
      }
      client.destroy();
    },
    /** Writes all in one call, so that they are there at once. */
    putAtOnce: async (keys: readonly string[]): Promise<void> => {
      const client = clientOf(stack);
      const puts = keys.map((pk) => ({ PutRequest: { Item: { pk: { S: pk }, sk: { S: 'x' } } } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { 'fixture-ephemeral': puts } }));
      client.destroy();
    },
    failures: async () => queue.parse((await stack.call('GET', `/_local/queues/${FAILURES}`)).body).messages,
    call: (path: string) => stack.call('GET', path),
    /** What is kept of how far the consumers have come. */
    progress: (): string => readFileSync(join(dataDirectory, 'streams.json'), 'utf8'),
    until: async (holds: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = performance.now() + 15_000;
      while (!(await holds())) {
        if (performance.now() > deadline) throw new Error(`Waited too long. Logs:\n${stack.logs().join('\n')}`);
        await sleep(50);
      }
    },
    restart: async (): Promise<void> => {
      await stack.stop();
      stack = await startTestStack({ assembly, dataDirectory });
    },
    stop: () => stack.stop(),
  };
};
