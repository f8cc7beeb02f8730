import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admit } from './admission.ts';
import { type Answer, errorAnswer } from './answers.ts';
import type { Caller, Callers } from './caller.ts';
import { pass, readAll, writeAnswer } from './exchange.ts';
import type { Upstream } from './forward.ts';
import type { createCallOfFunction } from './function-call.ts';
import type { createJudgeForm } from './post/post-object.ts';
import type { createJudgePresigned } from './presigned.ts';
import { dynamodb } from './services/dynamodb.ts';
import { kms } from './services/kms.ts';
import { ses, sns } from './services/query-protocol.ts';
import { s3 } from './services/s3.ts';
import type { Service, ServiceCall, ServiceName } from './services/service.ts';

/** What the calls to one service go through. */
export interface Route {
  readonly name: ServiceName;
  readonly upstream: Upstream;
  readonly callers: Callers;
  readonly admit: Admit;
  readonly judgeForm: ReturnType<typeof createJudgeForm>;
  readonly judgePresigned: ReturnType<typeof createJudgePresigned>;
  readonly doCall: ReturnType<typeof createCallOfFunction>;
}

/** A call whose caller is known; `body` is undefined while it is still to be read. */
interface Identified {
  readonly caller: Caller;
  readonly call: Omit<ServiceCall, 'region'>;
  readonly body: Buffer | undefined;
}

const SERVICES: Readonly<Record<ServiceName, Service>> = { dynamodb, kms, s3, ses, sns };

const NO_BODY = Buffer.alloc(0);

/** Browsers upload by posting a form to the bucket; everything that counts is in the form. */
const formBucket = (name: ServiceName, { method, url = '', headers }: IncomingMessage): string | undefined => {
  if (name !== 's3' || method !== 'POST') return undefined;
  if (!/^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) return undefined;
  return /^\/([^/?]+)\/?$/.exec(url)?.[1];
};

/** A form that its policy allows is judged on as the writing of an object by who signed the policy. */
const identifyForm = async (route: Route, incoming: IncomingMessage, bucket: string): Promise<Identified | Answer> => {
  const { headers } = incoming;
  const body = await readAll(incoming);
  const form = await route.judgeForm({ bucket, contentType: headers['content-type'] ?? '', body });
  if ('status' in form) return form;
  const target = `/${bucket}/${encodeURIComponent(form.key)}`;
  return { caller: form.signer, call: { method: 'PUT', target, headers: form.headers, body: NO_BODY }, body };
};

const identify = async (route: Route, incoming: IncomingMessage): Promise<Identified | Answer> => {
  const { method = 'GET', url: target = '/', headers } = incoming;
  const problem = route.name === 's3' ? route.judgePresigned({ method, target, headers }) : undefined;
  if (problem) return errorAnswer('s3', problem);
  const body = SERVICES[route.name].readsBody ? await readAll(incoming) : undefined;
  const caller = route.callers.ofCall({ target, headers });
  return { caller, call: { method, target, headers, body: body ?? NO_BODY }, body };
};

/** Answers one call to a service: refused by the caller's policy, struck by a fault, or done by the emulator. */
export const serveCall = async (route: Route, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const startedAt = performance.now();
  const { name, upstream, admit, doCall } = route;
  const bucket = formBucket(name, incoming);
  const identified = await (bucket === undefined ? identify(route, incoming) : identifyForm(route, incoming, bucket));
  if ('status' in identified) return writeAnswer(incoming, response, identified);
  const { caller, call, body } = identified;
  const region = caller.kind === 'function' ? caller.region : '';
  const admission = admit(name, SERVICES[name], caller, { ...call, region });
  if (admission.kind === 'refused') return writeAnswer(incoming, response, admission.answer);
  if (admission.kind === 'passed') return void (await pass(upstream, incoming, response, body));
  return doCall({ service: name, ...admission, upstream, incoming, response, body }, startedAt);
};
