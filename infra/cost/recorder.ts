import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { ask } from './ask.ts';
import { passedOn, type Relay, startRelay } from './relay.ts';

/** Request units that calls of one trace have taken. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** A server between functions and the DynamoDB engine that asks it for the units of each call. */
export interface Recorder extends Relay {
  /** Of calls whose trace has this root. */
  readonly unitsOf: (root: string) => Units;
}

const READING = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);
const WRITING = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

const consumed = z.object({ CapacityUnits: z.number() });

const answered = z.looseObject({ ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional() });

const asked = z.looseObject({});

const NONE: Units = { read: 0, write: 0 };

/** The root of a trace header, such as `1-5759e988-bd862e3fe1be46a994272793`. */
const rootOf = ({ headers }: IncomingMessage): string =>
  /Root=([\w-]+)/.exec(String(headers['x-amzn-trace-id'] ?? ''))?.[1] ?? '';

const operationOf = ({ headers }: IncomingMessage): string => String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';

/** Bodies hold numbers as text (DynamoDB's JSON), so that reading and writing them anew changes nothing. */
const withUnits = (body: Buffer): Buffer =>
  Buffer.from(JSON.stringify({ ...asked.parse(JSON.parse(body.toString())), ReturnConsumedCapacity: 'TOTAL' }));

/** A refused call has no units to tell; DynamoDB bills a failed condition as the write it was. */
const unitsIn = (status: number, text: string): number => {
  if (status !== 200) return 0;
  const { ConsumedCapacity: units = [] } = answered.parse(JSON.parse(text));
  return [units].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
};

/** Starts a recorder before an engine. */
export const startRecorder = async (engine: string): Promise<Recorder> => {
  const byRoot = new Map<string, Units>();

  const record = (incoming: IncomingMessage, units: number): void => {
    const [root, operation] = [rootOf(incoming), operationOf(incoming)];
    const { read, write } = byRoot.get(root) ?? NONE;
    const isWrite = WRITING.has(operation);
    byRoot.set(root, { read: isWrite ? read : read + units, write: isWrite ? write + units : write });
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = operationOf(incoming);
    // No call of DynamoDB: somebody asks whether anything listens, and does not wait long.
    if (operation === '') {
      response.end();
      return;
    }
    const isCounted = READING.has(operation) || WRITING.has(operation);
    const body = await buffer(incoming);
    const answer = await ask(`${engine}${incoming.url ?? '/'}`, {
      method: 'POST',
      headers: passedOn(incoming),
      body: new Uint8Array(isCounted ? withUnits(body) : body),
    });
    const text = await answer.text();
    if (isCounted) record(incoming, unitsIn(answer.status, text));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(text);
  };

  return { ...(await startRelay(handle)), unitsOf: (root) => byRoot.get(root) ?? NONE };
};
