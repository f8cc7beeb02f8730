import * as z from 'zod';
import { factorJourneyOn } from './factor-journey.ts';
import { type ApiResponse, envelopeOf, type StackClient } from './local-stack.ts';

const applied = z.object({ totpKey: z.string() });

/** A step of codes may end while one is on its way; three never do. */
const TRIES = 3;

const requireOk = ({ status, body }: ApiResponse): void => {
  if (status !== 200) throw new Error(`The code was answered ${JSON.stringify(body)}.`);
};

const given = async (send: () => Promise<ApiResponse>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await send();
    if (answer.status === 200 || tries === TRIES) return requireOk(answer);
  }
};

/** Binds a factor and gives it again at once: the code of the step before is good too, and then that of this one. */
export const boundAndReady = async (stack: StackClient, token: string): Promise<void> => {
  const { call, codeNow } = factorJourneyOn(stack);
  const answer = await call('GET', '/v1/user/apply_google_device_authenticator', token);
  const { totpKey } = applied.parse(envelopeOf(answer).data);
  const send = (path: string, steps: number, more = {}) =>
    call('POST', `/v1/user/${path}`, token, { totpCode: codeNow(totpKey, steps), ...more });
  await given(() => send('bind_google_device_authenticator', -1, { totpKey }));
  await given(() => send('reauthenticate_with_credential', 0));
};
