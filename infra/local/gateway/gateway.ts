import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type CallLog, createCallLog, serverTiming } from '../proxy/calls/call-log.ts';
import type { Api, Integration, StageVariables } from '../template/api.ts';
import type { Invocation, InvocationRequest } from '../workers/lambda-worker.ts';
import { proxyEventOf } from './event.ts';
import { gatewayResponseOf, type GatewayResponseType } from './gateway-response.ts';
import { type HttpResponse, writeResponse } from './http-response.ts';
import { httpResponseOf } from './proxy-response.ts';
import { callerOf, withoutPrincipal } from './principal.ts';
import { headerOf, type HttpRequest, readBody, readHead } from './request.ts';
import {
  newRequestId,
  type RequestContext,
  invocationTraceOf,
  requestContextOf,
  traceIdOf,
} from './request-context.ts';
import { createRouter } from './routes.ts';

export interface GatewayOptions {
  readonly api: Api;
  readonly invoke: (functionName: string, request: InvocationRequest) => Promise<Invocation>;
  /** Whether callers need an identity of IAM, which a header stands for here. Nobody does, unless it says so. */
  readonly authorization?: 'none' | 'iam';
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Where the calls to AWS services of a request show, for `Server-Timing`; without it there are none. */
  readonly calls?: CallLog;
  /** The variables of its stage now; as the template has them, unless given. */
  readonly stageVariables?: () => StageVariables;
}

/** One call of a function; `traceId` of the request is the header of the invocation's own segment. */
interface Call {
  readonly integration: Integration;
  readonly request: InvocationRequest;
  readonly accept: string | undefined;
}

/** Answers requests as API Gateway does. */
export interface Gateway {
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Answers what is no HTTP request at all. */
  readonly handleUnreadable: (socket: Socket) => void;
}

/** The prefix that a custom domain maps to the same API; every route answers under it too. */
const BASE_PATH = /^\/bitgin(?=\/|$)/;

/** Lambda's limits for what it takes and what it gives back in one synchronous invocation, in bytes. */
const INVOCATION_LIMIT = 6_291_456;
const RESULT_LIMIT = 6_291_556;

/** Settles with undefined when the time is over first. */
const within = <T>(work: Promise<T>, limitMs: number): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limitMs, undefined);
    const settle =
      <V>(end: (value: V) => void) =>
      (value: V): void => {
        clearTimeout(timer);
        end(value);
      };
    work.then(settle(resolve), settle(reject));
  });

const UNREADABLE: HttpRequest = { method: 'GET', path: '/', query: '', headers: [], sourceIp: '', port: 0 };

export const createGateway = (options: GatewayOptions): Gateway => {
  const { api, invoke, authorization = 'none', now, calls = createCallLog() } = options;
  const { stageVariables = () => api.stageVariables } = options;
  const route = createRouter(api.paths);
  const { binaryMediaTypes } = api;

  const refuse = (type: GatewayResponseType, request: HttpRequest, context: RequestContext): HttpResponse =>
    gatewayResponseOf({ responses: api.gatewayResponses, type, request, context });

  /** What the function answers, or the type of the gateway response that takes its place. */
  const call = async ({ integration, request, accept }: Call): Promise<HttpResponse | GatewayResponseType> => {
    if (Buffer.byteLength(request.event) > INVOCATION_LIMIT) return 'REQUEST_TOO_LARGE';
    const invocation = await within(invoke(integration.functionName, request), integration.timeoutMs);
    if (invocation === undefined) return 'INTEGRATION_TIMEOUT';
    if (invocation.kind === 'failure' || Buffer.byteLength(invocation.payload) > RESULT_LIMIT) return 'DEFAULT_5XX';
    return httpResponseOf(invocation.payload, { accept, binaryMediaTypes }) ?? 'DEFAULT_5XX';
  };

  /** The same, and on the response which AWS calls it took. */
  const callTimed = async (response: ServerResponse, input: Call): Promise<HttpResponse | GatewayResponseType> => {
    const { traceId } = input.request;
    calls.open(traceId);
    try {
      return await call(input);
    } finally {
      response.setHeader('Server-Timing', serverTiming(calls.close(traceId)));
    }
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Server-Timing', serverTiming([]));
    const head = readHead(message);
    const caller = authorization === 'iam' ? callerOf(head) : undefined;
    const request = authorization === 'iam' ? withoutPrincipal(head) : head;
    const isLetIn = authorization === 'none' || caller !== undefined;
    const hasBasePath = BASE_PATH.test(request.path);
    const match = route(request.method, hasBasePath ? request.path.replace(BASE_PATH, '') : request.path);
    const id = newRequestId();
    const at = now();
    const context = requestContextOf({ api, request, resource: match?.resource, hasBasePath, caller, now: at, id });
    const answer = (outcome: HttpResponse | GatewayResponseType): void =>
      writeResponse(response, typeof outcome === 'string' ? refuse(outcome, request, context) : outcome, id);

    const body = await readBody(message);
    if (body === undefined) return answer('REQUEST_TOO_LARGE');
    if (!isLetIn || match?.integration === undefined) return answer('MISSING_AUTHENTICATION_TOKEN');
    const traceId = traceIdOf(request, at);
    const stage = { binaryMediaTypes, stageVariables: stageVariables() };
    const event = proxyEventOf({ request, match, body, context, traceId, ...stage });
    const accept = headerOf(request, 'accept');
    const requestId = newRequestId();
    const invocation = { event: JSON.stringify(event), requestId, traceId: invocationTraceOf(traceId, requestId) };
    return answer(await callTimed(response, { integration: match.integration, request: invocation, accept }));
  };

  const handleUnreadable = (socket: Socket): void => {
    if (!socket.writable) return void socket.destroy();
    const id = newRequestId();
    const request = UNREADABLE;
    const context = requestContextOf({ api, request, resource: undefined, hasBasePath: false, now: now(), id });
    const { status, headers, body } = refuse('DEFAULT_4XX', request, context);
    const lines = [...headers].flatMap(([name, values]) => values.map((value) => `${name}: ${value}\r\n`));
    socket.write(`HTTP/1.1 ${status} Bad Request\r\n${lines.join('')}Server-Timing: ${serverTiming([])}\r\n`);
    socket.write(`x-amzn-RequestId: ${id}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`);
    socket.end(body);
  };

  return { handle, handleUnreadable };
};
