import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './gateway/request.ts';
import { type Lever, type LeverAnswer, refusal } from './levers/lever.ts';

/** What only exists on this machine, under `/_local` beside the API. */
export interface LocalApi {
  /** Whether a request target is for this API and not for the gateway. */
  readonly owns: (target: string) => boolean;
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const PREFIX = /^\/_local(?=[/?]|$)/;

/** The JSON in a body, undefined when it is empty; `bad` when it is none. */
const parse = (body: Buffer | undefined): { readonly value: unknown } | { readonly bad: string } => {
  if (body === undefined) return { bad: 'The body is too large.' };
  if (body.length === 0) return { value: undefined };
  try {
    return { value: JSON.parse(body.toString()) };
  } catch {
    return { bad: `The body is no JSON: ${body.toString().slice(0, 100)}` };
  }
};

const answerOf = async (
  levers: readonly Lever[],
  method: string,
  path: string,
  body: Buffer | undefined,
): Promise<LeverAnswer> => {
  for (const lever of levers) {
    const match = lever.method === method ? lever.path.exec(path) : null;
    if (match === null) continue;
    const parsed = parse(body);
    return 'bad' in parsed ? refusal(400, parsed.bad) : lever.answer(match.slice(1), parsed.value);
  }
  return refusal(404, `There is no ${method} /_local${path}.`);
};

export const createLocalApi = (levers: readonly Lever[]): LocalApi => ({
  owns: (target) => PREFIX.test(target),
  handle: async (message, response) => {
    const path = (message.url ?? '').replace(PREFIX, '').split('?', 1)[0] ?? '';
    const body = await readBody(message);
    const answer = await answerOf(levers, message.method ?? 'GET', path, body);
    response.writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify(answer.body));
  },
});
