import * as z from 'zod/mini';
import type { FailureMessage } from './queues.ts';

/** What EventBridge sends by the clock ("Scheduled Event"). It says when and by which rule, and nothing else. */
const scheduled = z.looseObject({ 'detail-type': z.literal('Scheduled Event'), time: z.iso.datetime() });

/**
 * What Lambda tells of an event that it has given up ("Capturing records of Lambda asynchronous invocations"). There is
 * no answer where no try began.
 */
const schema = z.object({
  requestContext: z.object({
    requestId: z.string(),
    condition: z.string(),
    approximateInvokeCount: z.int(),
  }),
  requestPayload: scheduled,
  responsePayload: z.optional(z.nullable(z.object({ errorType: z.optional(z.string()) }))),
});

/** A run by the clock that was given up: by Lambda after its tries, or by EventBridge, which could not hand it over. */
export interface FailedRun {
  readonly of: 'run';
  readonly message: FailureMessage;
  /** Lambda's or EventBridge's word for it. */
  readonly condition: string;
  readonly tries: number;
  /** Of the runs, as their log lines carry it; null where none began. */
  readonly requestId: string | null;
  /** Name of what went wrong; its text stays in the log. */
  readonly error: string | null;
  /** When it was to run, in epoch milliseconds. */
  readonly firstAt: number;
  /** What the job was, or would have been, given. */
  readonly event: object;
}

const givenUpByLambda = (message: FailureMessage, body: unknown): FailedRun | undefined => {
  const { data } = schema.safeParse(body);
  if (!data) return undefined;
  const { requestContext, requestPayload, responsePayload } = data;
  return {
    of: 'run',
    message,
    condition: requestContext.condition,
    tries: requestContext.approximateInvokeCount,
    requestId: requestContext.requestId,
    error: responsePayload?.errorType ?? null,
    firstAt: Date.parse(requestPayload.time),
    event: requestPayload,
  };
};

/**
 * A dead letter of EventBridge is the event itself; why it is one stands in attributes of the message ("Using dead-letter
 * queues to process undelivered events in EventBridge"). What no retry could mend has no condition.
 */
const notHandedOver = (message: FailureMessage, body: unknown): FailedRun | undefined => {
  const { data } = scheduled.safeParse(body);
  if (!data) return undefined;
  const { ERROR_CODE: error, EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: retries } = message.attributes;
  return {
    of: 'run',
    message,
    condition: condition ?? 'NotDelivered',
    tries: Number(retries ?? 0) + 1,
    requestId: null,
    error: error ?? null,
    firstAt: Date.parse(data.time),
    event: data,
  };
};

/** Reads the body of a message; `undefined` where it is no such thing. */
export const failedRun = (message: FailureMessage, body: unknown): FailedRun | undefined =>
  givenUpByLambda(message, body) ?? notHandedOver(message, body);
