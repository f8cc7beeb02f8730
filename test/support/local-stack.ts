import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import type { RunningStack } from '../../infra/local/running-stack.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import type { FunctionMode } from '../../infra/local/workers/functions.ts';
import { type ApiResponse, type CallOptions, createClient } from './http-client.ts';

export type { ApiResponse, CallOptions } from './http-client.ts';

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

export const envelope = z.strictObject({
  code: z.int(),
  msg: z.string().nullable(),
  time: z.int(),
  data: z.unknown(),
  success: z.boolean(),
});

export type Outbox = Readonly<z.output<typeof outbox>>;
export type Envelope = Readonly<z.output<typeof envelope>>;

/** A local stack as a client sees it, be it in this process or in another. */
export interface StackClient {
  readonly url: string;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
  /** Calls the staff API, as whom the header names. */
  readonly callStaff: (method: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
  readonly outbox: () => Promise<Outbox>;
  /** The text of a captcha picture; throws when there is no such captcha. */
  readonly captchaAnswer: (captchaId: string) => Promise<string>;
}

/** A local stack on a free port, in this process. */
export interface TestStack extends StackClient {
  readonly stack: RunningStack;
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

/** Connects to a stack that serves its APIs there. */
export const connectTo = (url: string, staffUrl: string): StackClient & { readonly close: () => void } => {
  const { call, close } = createClient(url);
  const staff = createClient(staffUrl);
  return {
    url,
    call,
    callStaff: staff.call,
    outbox: async () => outbox.parse((await call('GET', '/_local/outbox')).body),
    captchaAnswer: async (id) => captcha.parse((await call('GET', `/_local/captcha/${id}`)).body).answer,
    close: () => {
      close();
      staff.close();
    },
  };
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
  const { close, ...client } = connectTo(stack.url, stack.adminUrl ?? '');
  const { call } = client;
  return {
    ...client,
    stack,
    fault: async (fault) => {
      const { status, body } = await call('POST', '/_local/faults', { body: fault });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    struck: async (service) => {
      const { faults } = presentFaults.parse((await call('GET', '/_local/faults')).body);
      return faults.find((fault) => fault.service === service)?.struck ?? 0;
    },
    logs: () => lines,
    stop: async () => {
      close();
      await stack.stop();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
  };
};
