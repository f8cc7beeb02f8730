import type { IncomingMessage } from 'node:http';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LocalClock } from '../clock.ts';
import type { Beside } from '../front-server.ts';
import { readBody } from '../gateway/request.ts';
import type { Queues } from '../queues/queues.ts';
import type { LocalFunction } from '../template/functions.ts';
import { eventInvocation } from '../workers/event-invocation.ts';
import type { Functions } from '../workers/functions.ts';
import { type OperatorAnswer, json, refused } from './answer.ts';
import { createSqs } from './sqs.ts';

export interface OperatorOptions {
  readonly queues: Pick<Queues, 'messages' | 'remove' | 'send'>;
  readonly functions: Pick<Functions, 'invoke'>;
  /** What functions can be called by beside their names. */
  readonly definitions: readonly Pick<LocalFunction, 'name' | 'aliases'>[];
  readonly clock: Pick<LocalClock, 'now'>;
  readonly tables: DynamoDBClient;
  /** Of the DynamoDB in use. */
  readonly endpoint: string;
}

/** What the engine has not answered by then it never will. */
const ENGINE_TIMEOUT_MS = 30_000;

const ask = (endpoint: string, headers: Readonly<Record<string, string>>, body: string): Promise<Response> =>
  fetch(endpoint, { method: 'POST', headers, body, signal: AbortSignal.timeout(ENGINE_TIMEOUT_MS) });

const PREFIX = /^\/_local\/aws(?=[/?]|$)/;

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?Qualifier=(\w+))?$/;

const naming = z.looseObject({ StreamArn: z.string().optional() });

const errorOf = (error: unknown): OperatorAnswer =>
  refused('ValidationException', error instanceof Error ? error.message : String(error));

/**
 * What operators call of AWS, at an address that AWS_ENDPOINT_URL can name: SQS, the invocation of functions, and
 * DynamoDB with its streams. Nobody is asked for rights; it listens on this machine only.
 */
export const createOperatorEndpoint = ({
  queues,
  functions,
  definitions,
  clock,
  tables,
  endpoint,
}: OperatorOptions): Beside => {
  const sqs = createSqs(queues, clock.now);

  const aliases = new Map(definitions.map((one) => [one.name, one.aliases]));

  const invoke = async (name: string, qualifier: string | undefined, event: string): Promise<OperatorAnswer> => {
    const known = aliases.get(name);
    if (known === undefined || (qualifier !== undefined && !known.includes(qualifier))) {
      return refused(
        'ResourceNotFoundException',
        `Function not found: ${name}${qualifier === undefined ? '' : `:${qualifier}`}`,
      );
    }
    const invocation = await functions.invoke(name, eventInvocation(event, clock.now()));
    if (invocation.kind === 'payload') return { ...json({}), body: invocation.payload };
    const { errorType, message: errorMessage } = invocation;
    const answer = json({ errorType, errorMessage });
    return { ...answer, headers: { ...answer.headers, 'x-amz-function-error': 'Unhandled' } };
  };

  /** The engine's own name of a stream that templates name. */
  const ownArn = async (arn: string): Promise<string> => {
    const TableName = /:table\/([^/]+)\//.exec(arn)?.[1];
    const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
    return Table?.LatestStreamArn ?? arn;
  };

  const forward = async (message: IncomingMessage, body: string): Promise<OperatorAnswer> => {
    const { StreamArn, ...input } = naming.parse(JSON.parse(body));
    const sent = JSON.stringify(StreamArn === undefined ? input : { ...input, StreamArn: await ownArn(StreamArn) });
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(message.headers['x-amz-target']),
      // The engine wants a signature to be there, and checks none.
      authorization: message.headers.authorization ?? '',
      'x-amz-date': String(message.headers['x-amz-date']),
    };
    const response = await ask(endpoint, headers, sent);
    return { ...json({}), status: response.status, body: await response.text() };
  };

  const answerTo = async (message: IncomingMessage): Promise<OperatorAnswer> => {
    const body = String((await readBody(message)) ?? '');
    const path = (message.url ?? '').replace(PREFIX, '');
    const [, name, qualifier] = INVOKE.exec(path) ?? [];
    if (name !== undefined) return invoke(name, qualifier, body);
    const [service = '', action = ''] = String(message.headers['x-amz-target']).split('.');
    if (service === 'AmazonSQS') return sqs(action, JSON.parse(body));
    if (service.startsWith('DynamoDB')) return forward(message, body);
    return refused('UnknownOperationException', `The local stack has no ${message.method} ${path} of AWS.`);
  };

  return {
    owns: (target) => PREFIX.test(target),
    handle: async (message, response) => {
      const { status, headers, body } = await answerTo(message).catch(errorOf);
      response.writeHead(status, headers);
      response.end(body);
    },
  };
};
