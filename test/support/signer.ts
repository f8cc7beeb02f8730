import * as z from 'zod';
import type { ApiKeyScope } from '../../shared/contracts/api-key-scopes.ts';
import { API_KEY_SCOPES } from '../../shared/contracts/api-key-scopes.ts';
import { factorJourneyOn } from './factor-journey.ts';
import { type Journey, type Person, somebody } from './journey.ts';
import { type ApiResponse, envelopeOf, type StackClient } from './local-stack.ts';
import { type KeyPair, signedHeaders } from './signing.ts';

const made = z.object({ apiKey: z.string(), secret: z.string() });

/** What a test changes of a request that is signed right. */
export interface ToSend {
  readonly body?: string | Uint8Array | undefined;
  readonly query?: string;
  /** Milliseconds from the server's clock. */
  readonly skew?: number;
  readonly nonce?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** People with keys, over a running stack, and requests that these sign. */
export const signerOn = (stack: StackClient, journey: Journey) => {
  const factor = factorJourneyOn(stack);

  const now = async (): Promise<number> => z.number().parse(envelopeOf(await stack.call('GET', '/v1/time')).data);

  const makeKey = async (token: string, scopes: readonly ApiKeyScope[] = API_KEY_SCOPES): Promise<KeyPair> =>
    made.parse(
      envelopeOf(await stack.call('POST', '/v1/user/api_keys', { headers: { token }, body: { label: 'Bot', scopes } }))
        .data,
    );

  /** Registers somebody, binds an authenticator, and gives its code again; what they have is a session that makes keys. */
  const readyToken = async (person: Person = somebody()): Promise<string> => {
    const token = await journey.loggedIn(person);
    const totpKey = await factor.bind(token);
    const body = { totpCode: factor.codeNow(totpKey) };
    const answer = await factor.call('POST', '/v1/user/reauthenticate_with_credential', token, body);
    if (answer.status !== 200) throw new Error(`The code was answered ${JSON.stringify(answer.body)}.`);
    return token;
  };

  const signed = async (key: KeyPair, method: string, path: string, toSend: ToSend = {}): Promise<ApiResponse> => {
    const { body, query = '', skew = 0, nonce = (await now()) + skew } = toSend;
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...json, ...signedHeaders(key, { path, nonce, body: body ?? '' }), ...toSend.headers };
    return stack.call(method, `${path}${query}`, { headers, ...(body !== undefined && { body }) });
  };

  return { factor, now, makeKey, readyToken, signed };
};
