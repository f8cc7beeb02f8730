import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CaptchaAnswer } from './captcha-answer.ts';
import type { Email } from './emulators/ses.ts';
import type { Sms } from './emulators/sns.ts';

/** What only exists on this machine: the mails and messages that were sent, and the answers of captchas. */
export interface LocalApiOptions {
  readonly emails: () => readonly Email[];
  readonly sms: () => readonly Sms[];
  readonly captchaAnswer: CaptchaAnswer;
}

export interface LocalApi {
  /** Whether a request target is for this API and not for the gateway. */
  readonly owns: (target: string) => boolean;
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const PREFIX = /^\/_local(?=[/?]|$)/;
const CAPTCHA = /^\/captcha\/(\d+)$/;

const notFound = (what: string): Answer => ({ status: 404, body: { error: what } });

const answerOf = async (options: LocalApiOptions, method: string, path: string): Promise<Answer> => {
  if (method !== 'GET') return notFound(`There is no ${method} /_local${path}.`);
  if (path === '/outbox') return { status: 200, body: { emails: options.emails(), sms: options.sms() } };
  const captchaId = CAPTCHA.exec(path)?.[1];
  if (captchaId === undefined) return notFound(`There is no GET /_local${path}.`);
  const answer = await options.captchaAnswer(captchaId);
  return answer === undefined ? notFound(`There is no captcha ${captchaId}.`) : { status: 200, body: { answer } };
};

export const createLocalApi = (options: LocalApiOptions): LocalApi => ({
  owns: (target) => PREFIX.test(target),
  handle: async (message, response) => {
    message.resume();
    const path = (message.url ?? '').replace(PREFIX, '').split('?', 1)[0] ?? '';
    const { status, body } = await answerOf(options, message.method ?? 'GET', path);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  },
});
