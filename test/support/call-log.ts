import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** One call to DynamoDB as a test saw it: which operation, on which tables, when. Times from a monotonic clock. */
export interface RecordedCall {
  readonly operation: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Records every call that the client makes from now on. */
export const recordCalls = (client: DynamoDBDocumentClient): RecordedCall[] => {
  const calls: RecordedCall[] = [];
  client.middlewareStack.add(
    (next, context) => async (input) => {
      const startedAt = performance.now();
      try {
        return await next(input);
      } finally {
        const operation = String(context.commandName).replace(/Command$/, '');
        calls.push({ operation, startedAt, endedAt: performance.now() });
      }
    },
    { step: 'initialize' },
  );
  return calls;
};

/** Delays every call, so that what runs in parallel shows as parallel. */
export const delayCalls = (client: DynamoDBDocumentClient, delayMs: number): void => {
  client.middlewareStack.add(
    (next) => async (input) => {
      await new Promise((resolve) => {
        setTimeout(resolve, delayMs);
      });
      return next(input);
    },
    { step: 'initialize', name: 'delayCalls', priority: 'low' },
  );
};

/** Calls that change something, by the names that the SDK has for them. */
type Operation = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'TransactWriteItems';

/**
 * Holds every call of one operation back until `count` of them have arrived, then lets all go at once: so a race
 * is one. Calls after that pass freely. Without that many within ten seconds, the calls fail and the test with them.
 *
 * @returns whether they have met.
 */
export const meetAt = (client: DynamoDBDocumentClient, operation: Operation, count: number): (() => boolean) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let arrived = 0;
  client.middlewareStack.add(
    (next, context) => async (input) => {
      if (context.commandName !== `${operation}Command`) return next(input);
      arrived += 1;
      if (arrived === count) resolve(undefined);
      const late = sleep(10_000, 'late', { ref: false });
      if ((await Promise.race([promise, late])) === 'late') throw new Error(`Only ${arrived} of ${count} calls met.`);
      return next(input);
    },
    { step: 'initialize' },
  );
  return () => arrived >= count;
};

/** The longest chain of calls that each began only after the one before had ended. */
export const sequentialCalls = (calls: readonly RecordedCall[]): number => {
  let chain = 0;
  let chainEnd = -Infinity;
  for (const call of [...calls].sort((a, b) => a.endedAt - b.endedAt)) {
    if (call.startedAt < chainEnd) continue;
    chain += 1;
    chainEnd = call.endedAt;
  }
  return chain;
};

/** How many calls were under way at once at the most. */
export const peakOverlap = (calls: readonly Pick<RecordedCall, 'startedAt' | 'endedAt'>[]): number =>
  Math.max(
    0,
    ...calls.map(
      ({ startedAt }) => calls.filter((other) => other.startedAt <= startedAt && startedAt < other.endedAt).length,
    ),
  );

/**
 * Holds the first update that mentions a text back until `others` more of them have been answered. So one request comes
 * last of all to what it began first.
 *
 * @returns `arrived`: when the first one is held; how many others have passed; and what ends it.
 */
export const holdFirst = (client: DynamoDBDocumentClient, mention: string, others: number) => {
  const arrived = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  let [isHeld, passed] = [false, 0];
  client.middlewareStack.add(
    (next, context) => async (input) => {
      if (context.commandName !== 'UpdateItemCommand' || !JSON.stringify(input).includes(mention)) return next(input);
      if (!isHeld) {
        isHeld = true;
        arrived.resolve(undefined);
        await released.promise;
        return next(input);
      }
      try {
        return await next(input);
      } finally {
        passed += 1;
        if (passed === others) released.resolve(undefined);
      }
    },
    { step: 'initialize', name: 'holdFirst' },
  );
  return { arrived: arrived.promise, passed: () => passed, remove: () => client.middlewareStack.remove('holdFirst') };
};
