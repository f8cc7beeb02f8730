import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { CALL_LIMITS } from '../../../shared/platform/aws-clients.ts';
import { TEST_CREDENTIALS } from '../document-client.ts';
import { createDraws, type Fault, type FaultRates } from './draws.ts';
import { conflictOf, failure, inProgress, lostAnswer, throttleOf } from './errors.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { readCall, type WireCall, withoutToken } from './wire-call.ts';

export interface FaultOptions {
  readonly endpoint: string;
  readonly seed: number;
  /** Faults that are drawn; none unless given. */
  readonly rates?: FaultRates;
  /** How long a transaction holds its items beyond the engine's own time, so that transactions overlap as on AWS. */
  readonly holdMs: number;
  /**
   * How many transactions the engine is given at once, all unless given. It does one after the other, so more than a few
   * hold their items for as long as they queue there, which they do not do on AWS.
   */
  readonly lanes?: number;
}

/** What the layer saw and did. */
export interface FaultCounts {
  /** Calls that left the SDK, each of its retries counted. */
  calls: number;
  /** Faults that were drawn and struck. */
  readonly struck: Map<Fault, number>;
  /** Conflicts between transactions that overlapped, by the sort of item that they met at. */
  readonly met: Map<string, number>;
  /** How many calls were under way at once at the most, those that waited for a lane included. */
  atOnce: number;
  /** Calls sent again while the transaction of their token was still under way. */
  inProgress: number;
}

export interface FaultLayer {
  /** A client as a function has it, with faults of its own; what is in flight is shared with the others. */
  readonly client: () => DynamoDBDocumentClient;
  readonly counts: FaultCounts;
  /** How many transactions held items at once at the most. */
  readonly peak: () => number;
  readonly close: () => void;
}

/**
 * What runs, but for the timeout: answers are lost when the draw says so, and never because the machine is busy. A token
 * that the engine was not given would not help then.
 */
const LIMITS = { ...CALL_LIMITS, requestHandler: { ...CALL_LIMITS.requestHandler, requestTimeout: 120_000 } };

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Throws what is drawn for a call before it does anything. */
const refuse = (fault: Fault | undefined, call: WireCall): void => {
  if (fault === 'conflict') {
    const cause = call.touched.find(({ shared }) => shared) ?? call.touched[0];
    throw conflictOf(call, (name) => name === cause?.name);
  }
  if (fault === 'throttle' || fault === 'throttle reason') throw throttleOf(call, fault === 'throttle reason');
  if (fault === 'failure') throw failure();
};

const meet = (call: WireCall, inFlight: InFlight, counts: FaultCounts): void => {
  if (inFlight.isUnderWay(call)) {
    counts.inProgress += 1;
    throw inProgress();
  }
  const held = inFlight.heldFrom(call);
  if (held.size === 0) return;
  for (const { name, sort } of call.touched) if (held.has(name)) count(counts.met, sort);
  throw conflictOf(call, (name) => held.has(name));
};

interface Shared {
  readonly lanes: Lanes;
  readonly inFlight: InFlight;
  readonly counts: FaultCounts;
  /** Tokens of transactions whose answer was lost: only they are sent to the engine, which slows down as tokens pile up. */
  readonly lost: Set<string>;
}

interface Transaction<O> {
  readonly call: WireCall;
  readonly send: () => Promise<O>;
  readonly holdMs: number;
  /** Whether its answer is about to be lost. */
  readonly loses: boolean;
  /** Whether it was done before, so that it only asks for the answer again. */
  readonly isDone: boolean;
}

/**
 * A transaction meets those under way, else holds its items while it is done and for a while after; whoever lost its
 * answer does not wait for that.
 */
const transact = async <O>(
  { lanes, inFlight, counts }: Shared,
  { call, send, holdMs, loses, isDone }: Transaction<O>,
): Promise<O> => {
  const leave = await lanes.enter();
  try {
    if (!isDone || inFlight.isUnderWay(call)) meet(call, inFlight, counts);
  } catch (error) {
    leave();
    throw error;
  }
  const letGo = inFlight.hold(call);
  const sent = Promise.allSettled([send()]);
  const over = (async () => {
    await sent;
    await sleep(holdMs);
    letGo();
    leave();
  })();
  if (!loses) await over;
  const [result] = await sent;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
};

/** A transaction that was done already meets nothing any more. */
const possible = (fault: Fault | undefined, again: boolean): Fault | undefined =>
  again && (fault === 'conflict' || fault === 'throttle reason') ? undefined : fault;

const strike =
  (shared: Shared, draw: (operation: string) => Fault | undefined, holdMs: number) =>
  async <O>(request: unknown, send: (request: unknown) => Promise<O>): Promise<O> => {
    const { inFlight, counts, lost } = shared;
    const call = readCall(request);
    const again = call.token !== undefined && lost.has(call.token);
    const fault = possible(draw(call.operation), again);
    if (fault && fault !== 'lost answer') {
      count(counts.struck, fault);
      refuse(fault, call);
    }
    const loses = fault === 'lost answer';
    if (loses && call.token !== undefined) lost.add(call.token);
    const strips = call.token !== undefined && !loses && !again;
    const go = (): Promise<O> => send(strips ? withoutToken(request) : request);
    const isTransaction = call.operation === 'TransactWriteItems';
    if (!isTransaction) meet(call, inFlight, counts);
    const answer = isTransaction ? transact(shared, { call, send: go, holdMs, loses, isDone: again }) : go();
    if (!loses) return answer;
    await Promise.allSettled([answer]);
    count(counts.struck, fault);
    throw lostAnswer();
  };

const counting = (counts: FaultCounts) => {
  let underWay = 0;
  return async <O>(call: () => Promise<O>): Promise<O> => {
    counts.calls += 1;
    underWay += 1;
    counts.atOnce = Math.max(counts.atOnce, underWay);
    try {
      return await call();
    } finally {
      underWay -= 1;
    }
  };
};

/**
 * DynamoDB as a client meets it on a bad day, over the local engine: transactions that overlap at an item conflict, and
 * calls are throttled, fail, or lose their answers as drawn by the seed. It lies beneath the SDK's own retries, so these
 * run as they do on AWS.
 */
export const createFaultLayer = ({ endpoint, seed, rates, holdMs, lanes = Infinity }: FaultOptions): FaultLayer => {
  const counts: FaultCounts = { calls: 0, struck: new Map(), met: new Map(), atOnce: 0, inProgress: 0 };
  const shared: Shared = { lanes: createLanes(lanes), inFlight: createInFlight(), counts, lost: new Set() };
  const counted = counting(counts);
  const clients: DynamoDBDocumentClient[] = [];
  const client = (): DynamoDBDocumentClient => {
    const raw = new DynamoDBClient({ ...LIMITS, endpoint, region: 'local', credentials: TEST_CREDENTIALS });
    const made = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } });
    const draws = createDraws(seed + clients.length, rates ?? { refused: 0, lost: 0 });
    const pass = strike(shared, draws, holdMs);
    made.middlewareStack.add(
      (next) => (args) => counted(() => pass(args.request, (request) => next({ ...args, request }))),
      {
        step: 'deserialize',
        name: 'faultLayer',
        priority: 'high',
      },
    );
    clients.push(made);
    return made;
  };
  const close = (): void => {
    for (const one of clients) one.destroy();
  };
  return { client, counts, peak: shared.inFlight.peak, close };
};
