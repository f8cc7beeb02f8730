import * as z from 'zod';
import { StartError } from '../errors.ts';

/** A call as the journey of a demo account makes it. */
export interface DemoCall {
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: object;
  readonly form?: FormData;
}

export interface DemoAnswer {
  readonly data: unknown;
  /** The session token that the answer carries, if it does. */
  readonly token: string | undefined;
}

/** A client of the local API. It goes on only with what succeeds. */
export interface DemoClient {
  readonly get: (path: string, call?: DemoCall) => Promise<DemoAnswer>;
  readonly post: (path: string, call: DemoCall) => Promise<DemoAnswer>;
  /** What exists on this machine only: answers without envelope. */
  readonly local: (path: string) => Promise<unknown>;
}

const TIMEOUT_MS = 30_000;

const envelope = z.object({ code: z.int(), msg: z.string().nullable(), data: z.unknown() });

export const createDemoClient = (url: string): DemoClient => {
  const send = async (path: string, method: string, { token, body, form }: DemoCall): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: { ...(token !== undefined && { token }), ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...((body ?? form) && { body: form ?? JSON.stringify(body) }),
    });
  const call = async (path: string, method: string, details: DemoCall): Promise<DemoAnswer> => {
    const response = await send(path, method, details);
    const { code, msg, data } = envelope.parse(await response.json());
    if (code !== 1) throw new StartError(`${method} ${path} was answered ${code}, ${msg ?? 'without a reason'}`);
    return { data, token: response.headers.get('token') ?? undefined };
  };
  return {
    get: (path, details = {}) => call(path, 'GET', details),
    post: (path, details) => call(path, 'POST', details),
    local: async (path) => {
      const answer: unknown = await (await send(`/_local${path}`, 'GET', {})).json();
      return answer;
    },
  };
};
