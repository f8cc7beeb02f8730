import { newRequestId, traceIdOf } from '../gateway/request-context.ts';
import type { InvocationRequest } from './lambda-worker.ts';

/** An invocation that no HTTP request began, with a trace of its own. `event` is JSON, `now` in epoch milliseconds. */
export const eventInvocation = (event: string, now: number): InvocationRequest => ({
  event,
  requestId: newRequestId(),
  traceId: traceIdOf({ headers: [] }, now),
});
