import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { StreamJob } from '../contracts/jobs.ts';
import { SECOND } from './clock.ts';
import type { Environment } from './env.ts';
import { ofKnownShape } from './item-shape.ts';
import { describeError } from './logger.ts';
import { createJobFoundation, type JobFoundation } from './job-foundation.ts';
import type { Core, Platform } from './platform.ts';
import type { Services } from './services.ts';
import type { Item } from './writes.ts';

/** One change of a table. */
export interface Change {
  readonly key: { readonly pk: string; readonly sk: string };
  /** The item as it was right after the change; it may have changed again since. */
  readonly item: Item;
  readonly sequenceNumber: string;
}

/** Deals with one change; throws when it could not. A change can come again, also after it was dealt with. */
export type OnChange = (change: Change) => Promise<void>;

/** Binds a job to what it does. Called once a container; what it returns is called for every change. */
export type BindStream<J extends StreamJob> = (
  platform: Platform<J['uses']>,
  variables: Environment<J['variables'][number]>,
) => OnChange;

/** Lambda's form of which changes failed ("Partial batch responses"). */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

type StreamContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** With less than this left, no further change is begun: one call that hangs takes nine seconds with its retries. */
const RESERVE = 10 * SECOND;

/** Whether these are attribute values is for the library to say, which refuses what it does not know. */
const attributes = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

const batch = z.object({
  Records: z.array(z.object({ dynamodb: z.looseObject({ SequenceNumber: z.string().check(z.minLength(1)) }) })),
});

const body = z.object({ Keys: attributes, NewImage: attributes });

const tableKey = z.object({ pk: z.string(), sk: z.string() });

/** The request that wrote the item, where the item tells. */
const origin = z.object({ NewImage: z.object({ requestId: z.object({ S: z.string() }) }) });

const changeOf = (sequenceNumber: string, record: unknown): Change => {
  const { Keys, NewImage } = body.parse(record);
  return { key: tableKey.parse(unmarshall(Keys)), item: ofKnownShape(unmarshall(NewImage)), sequenceNumber };
};

/**
 * Deals with the changes of an event one after the other. One that fails is logged and reported; those after it are
 * dealt with all the same, so that it holds up none of them, and come again with it. When time runs short, the rest
 * is reported undone.
 *
 * @throws when the event is none of a table's stream.
 */
export const runStream = async (
  { clock, log }: Pick<Core, 'clock' | 'log'>,
  event: unknown,
  onChange: OnChange,
  remainingMs: () => number,
): Promise<BatchResponse> => {
  const startedAt = clock.now();
  const { Records } = batch.parse(event);
  const undone: string[] = [];
  let failed = 0;
  for (const [index, { dynamodb }] of Records.entries()) {
    const { SequenceNumber: sequenceNumber } = dynamodb;
    if (index > 0 && remainingMs() < RESERVE) {
      undone.push(sequenceNumber);
      continue;
    }
    try {
      await onChange(changeOf(sequenceNumber, dynamodb));
    } catch (error) {
      failed += 1;
      undone.push(sequenceNumber);
      const originRequestId = origin.safeParse(dynamodb).data?.NewImage.requestId.S;
      log('RECORD_FAILED', { sequenceNumber, originRequestId, ...describeError(error) });
    }
  }
  const report = { records: Records.length, failed, late: undone.length - failed };
  log('JOB', { durationMs: clock.now() - startedAt, report });
  return { batchItemFailures: undone.map((itemIdentifier) => ({ itemIdentifier })) };
};

/** The Lambda handler of a job behind a stream: built at the first run, so that importing its module does nothing. */
export const streamHandler = <const J extends StreamJob>(
  job: J,
  bind: BindStream<NoInfer<J>>,
  services: Services = {},
) => {
  let built: { readonly foundation: JobFoundation<J>; readonly onChange: OnChange } | undefined;
  return async (event: unknown, context: StreamContext): Promise<BatchResponse> => {
    if (!built) {
      const foundation = createJobFoundation(job, services);
      built = { foundation, onChange: bind(foundation.platform, foundation.variables) };
    }
    const { platform, logContext } = built.foundation;
    logContext.requestId = context.awsRequestId;
    return runStream(platform, event, built.onChange, () => context.getRemainingTimeInMillis());
  };
};
