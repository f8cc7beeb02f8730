import * as z from 'zod';
import { type CallOptions, envelopeOf, type StackClient } from './local-stack.ts';
import { codeAt, STEP } from './authenticator.ts';

const applied = z.object({ qecode: z.string(), totpKey: z.string() });

/** The steps of somebody with an authenticator, over a running stack. */
export const factorJourneyOn = (stack: StackClient) => {
  /** Moves every clock of the stack, and with it the codes that are shown. */
  let offsetMs = 0;
  const advance = async (milliseconds: number): Promise<void> => {
    offsetMs += milliseconds;
    const { status } = await stack.call('POST', '/_local/clock', { body: { offsetMs } });
    if (status !== 200) throw new Error(`The clock was answered ${status}.`);
  };

  const call = (method: string, path: string, token: string, body?: unknown, options: CallOptions = {}) =>
    stack.call(method, path, {
      ...options,
      headers: { token, ...options.headers },
      ...(body !== undefined && { body }),
    });

  const codeNow = (key: string, steps = 0): string => codeAt(key, Date.now() + offsetMs + steps * STEP);

  /** Binds a fresh key, and waits until the step of its code is over. */
  const bind = async (token: string): Promise<string> => {
    const { totpKey } = applied.parse(
      envelopeOf(await call('GET', '/v1/user/apply_google_device_authenticator', token)).data,
    );
    const body = { totpCode: codeNow(totpKey), totpKey };
    const bound = await call('POST', '/v1/user/bind_google_device_authenticator', token, body);
    if (bound.status !== 200) throw new Error(`The binding was answered ${JSON.stringify(bound.body)}.`);
    await advance(2 * STEP);
    return totpKey;
  };

  return { advance, call, codeNow, bind };
};
