import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { digestOf } from '../../infra/local/demo/password-digest.ts';
import { type ApiResponse, type CallOptions, envelopeOf, type Outbox, type StackClient } from './local-stack.ts';

/** Far more than the stream and the sender take. */
const MAIL_TIMEOUT_MS = 15_000;

const issued = z.object({ captchaId: z.string() });

const requestLine = z.object({
  message: z.literal('REQUEST'),
  endpoint: z.string(),
  time: z.iso.datetime(),
  durationMs: z.number(),
});

/** A person with names that nobody else has. */
export const somebody = () => {
  const username = `u${randomBytes(6).toString('hex')}`;
  return { username, email: `${username}@example.com`, password: digestOf(`${username} secret`) };
};

const succeeded = (response: ApiResponse): ApiResponse => {
  const { success, code, msg } = envelopeOf(response);
  if (!success) throw new Error(`A step of the journey was answered ${response.status} with ${code}: ${msg}`);
  return response;
};

export type Person = ReturnType<typeof somebody>;

export type Journey = ReturnType<typeof journeyOn>;

/** The steps of a client, over a running stack. */
export const journeyOn = (stack: StackClient) => {
  const captcha = async () => {
    const { captchaId } = issued.parse(envelopeOf(await stack.call('GET', '/v1/captcha/image')).data);
    return { captchaId, captchaNumber: await stack.captchaAnswer(captchaId) };
  };

  const post = (path: string, body: unknown, options: CallOptions = {}): Promise<ApiResponse> =>
    stack.call('POST', path, { ...options, body });

  const register = async (person: Person, extra: object = {}): Promise<ApiResponse> =>
    post('/v1/register', { ...person, ...(await captcha()), lang: 'en', ...extra });

  /** The newest mail to that address, of any or a certain kind. Waits for the first: mails follow what they tell of. */
  const mailTo = async (
    email: string,
    { about = /(?:)/, timeoutMs = MAIL_TIMEOUT_MS }: { readonly about?: RegExp; readonly timeoutMs?: number } = {},
  ): Promise<Outbox['emails'][number]> => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const mail = (await stack.outbox()).emails.findLast(({ to, subject }) => to === email && about.test(subject));
      if (mail !== undefined) return mail;
      if (performance.now() > deadline) throw new Error(`No mail to ${email} came in ${timeoutMs} ms.`);
      await sleep(20);
    }
  };

  /** The code in the newest mail to that address. */
  const mailedCode = async (email: string): Promise<string> =>
    /^\d{6}$/m.exec((await mailTo(email)).text ?? '')?.[0] ?? '';

  const verify = async ({ username, email }: Person): Promise<ApiResponse> =>
    post('/v1/verify', { loginName: username, code: await mailedCode(email) });

  const login = ({ username, password }: Person, options: CallOptions = {}): Promise<ApiResponse> =>
    post('/v1/login', { loginName: username, password, lang: 'en' }, options);

  /** Registers, verifies and logs in; returns the session token. Throws when a step is refused: nothing after it could be told. */
  const loggedIn = async (person: Person = somebody()): Promise<string> => {
    for (const step of [register, verify]) succeeded(await step(person));
    return String(succeeded(await login(person)).headers['token']);
  };

  return { captcha, post, register, mailTo, mailedCode, verify, login, loggedIn };
};

/** When each request of an endpoint ran, by the function's own log lines. Milliseconds. */
export const servedIntervals = (lines: readonly string[], endpoint: string) =>
  lines.flatMap((line) => {
    const parsed = requestLine.safeParse(parseLine(line));
    if (!parsed.success || parsed.data.endpoint !== endpoint) return [];
    const endedAt = Date.parse(parsed.data.time);
    return [{ startedAt: endedAt - parsed.data.durationMs, endedAt }];
  });

/** A log line as JSON; `undefined` for what is none. */
export const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
