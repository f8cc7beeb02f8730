import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import type { RunningStack } from '../../infra/local/running-stack.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import type { FunctionMode } from '../../infra/local/workers/functions.ts';

export interface TestStackOptions {
  /** Stage of the synthesized application. */
  readonly stage?: string;
  /** A cloud assembly to run in place of the application's. */
  readonly assembly?: string;
  /** Kept when the stack stops; without it, the stack has a temporary folder of its own. */
  readonly dataDirectory?: string;
  /** Whether to empty the given data folder first. */
  readonly fresh?: boolean;
  /** Threads, unless processes are asked for. */
  readonly functionsAs?: FunctionMode;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Parsed when it is JSON, else text. */
  readonly body: unknown;
}

const outbox = z.object({
  emails: z.array(
    z.object({
      to: z.string(),
      subject: z.string(),
      text: z.string().nullable(),
      html: z.string().nullable(),
      at: z.number(),
    }),
  ),
  sms: z.array(z.object({ to: z.string(), text: z.string(), at: z.number() })),
});

const captcha = z.object({ answer: z.string() });

const presentFaults = z.object({ faults: z.array(z.looseObject({ service: z.string(), struck: z.int() })) });

const envelope = z.strictObject({
  code: z.int(),
  msg: z.string().nullable(),
  time: z.int(),
  data: z.unknown(),
  success: z.boolean(),
});

export type Outbox = Readonly<z.output<typeof outbox>>;
export type Envelope = Readonly<z.output<typeof envelope>>;

/** A local stack on a free port, as a client sees it. */
export interface TestStack {
  readonly stack: RunningStack;
  readonly url: string;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
  /** Calls the staff API, as whom the header names. */
  readonly callStaff: (method: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
  readonly outbox: () => Promise<Outbox>;
  /** The text of a captcha picture; throws when there is no such captcha. */
  readonly captchaAnswer: (captchaId: string) => Promise<string>;
  /** Sets a fault as `POST /_local/faults` takes it; throws when it is refused. */
  readonly fault: (fault: {
    readonly service: string;
    readonly mode: string;
    readonly [member: string]: unknown;
  }) => Promise<void>;
  /** How many calls of a service its present fault struck so far. */
  readonly struck: (service: string) => Promise<number>;
  /** The lines that functions printed so far. */
  readonly logs: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** A function's own timeout ends a request much sooner. */
const CALL_TIMEOUT_MS = 60_000;

/** The envelope in a response; throws when the body is none. */
export const envelopeOf = ({ body }: ApiResponse): Envelope => envelope.parse(body);

/** What `Server-Timing` tells of a response: the AWS calls it took, how many there were, how many in sequence. */
export const serverTiming = ({ headers }: ApiResponse) => {
  const metrics = String(headers['server-timing']).matchAll(/([\w-]+);desc="([^"]*)"/g);
  const [calls, counts] = [[] as string[], new Map<string, number>()];
  for (const [, name = '', description = ''] of metrics) {
    if (name === 'aws') calls.push(description);
    else counts.set(name, Number(description));
  }
  return { calls, count: counts.get('aws-calls'), sequential: counts.get('aws-sequential') };
};

const parseBody = (bytes: Buffer): unknown => {
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const bytesOf = (body: unknown): string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);

/** node:http sends the given headers and no others; fetch would add some that the API acts on. */
const send = (agent: Agent, url: string, method: string, options: CallOptions): Promise<IncomingMessage> => {
  const { headers = {}, body } = options;
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, {
      agent,
      method,
      headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
      timeout: CALL_TIMEOUT_MS,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('timeout', () =>
      outgoing.destroy(new Error(`${method} ${url} took longer than ${CALL_TIMEOUT_MS} ms`)),
    );
    outgoing.end(body === undefined ? undefined : bytesOf(body));
  });
};

/** Calls one server, with as many connections as there are requests at once. */
const createClient = (url: string) => {
  const agent = new Agent({ keepAlive: true });
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<ApiResponse> => {
    const response = await send(agent, `${url}${path}`, method, options);
    const bytes = await buffer(response);
    return { status: response.statusCode ?? 0, headers: response.headers, bytes, body: parseBody(bytes) };
  };
  return { call, close: () => agent.destroy() };
};

/**
 * Starts a stack of its own, quiet, with empty data unless a folder is given. Bundles and templates are made once
 * for the same sources, however many test files ask.
 */
export const startTestStack = async (options: TestStackOptions = {}): Promise<TestStack> => {
  const { stage = 'local', assembly, fresh = false, functionsAs = 'threads' } = options;
  const temporary = options.dataDirectory === undefined ? mkdtempSync(join(tmpdir(), 'test-stack-')) : undefined;
  const lines: string[] = [];
  const stack = await startLocalStack({
    assembly: () => (assembly === undefined ? prepareAssembly({ root: ROOT, stage }) : Promise.resolve(assembly)),
    dataDirectory: options.dataDirectory ?? temporary ?? '',
    fresh,
    port: 0,
    functionsAs,
    log: (line) => lines.push(line),
  });
  const { call, close } = createClient(stack.url);
  const staff = createClient(stack.adminUrl ?? '');
  return {
    stack,
    url: stack.url,
    call,
    callStaff: staff.call,
    outbox: async () => outbox.parse((await call('GET', '/_local/outbox')).body),
    fault: async (fault) => {
      const { status, body } = await call('POST', '/_local/faults', { body: fault });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    struck: async (service) => {
      const { faults } = presentFaults.parse((await call('GET', '/_local/faults')).body);
      return faults.find((fault) => fault.service === service)?.struck ?? 0;
    },
    captchaAnswer: async (id) => captcha.parse((await call('GET', `/_local/captcha/${id}`)).body).answer,
    logs: () => lines,
    stop: async () => {
      close();
      staff.close();
      await stack.stop();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
  };
};
