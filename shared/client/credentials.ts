import { SIGNATURE_HEADERS } from '../contracts/api-key-headers.ts';
import { createNonces, createSign } from './signature.ts';

/** A key of `POST /v1/user/api_keys`. Its secret is for programs of one's own, and never for a page that others load. */
export interface KeyCredentials {
  readonly apiKey: string;
  readonly secret: string;
}

/** What is known of a request before it is signed. */
export interface Signable {
  /** The path that a signature covers. */
  readonly path: string;
  readonly body: Uint8Array;
}

/** Headers that prove who calls, made anew for every try. */
export type SignRequest = (request: Signable) => Promise<Readonly<Record<string, string>>>;

export const signingWith = ({ apiKey, secret }: KeyCredentials, now: () => number): SignRequest => {
  const nextNonce = createNonces(now);
  const sign = createSign(secret);
  return async ({ path, body }) => {
    const nonce = nextNonce();
    return {
      [SIGNATURE_HEADERS.apiKey]: apiKey,
      [SIGNATURE_HEADERS.nonce]: String(nonce),
      [SIGNATURE_HEADERS.signature]: await sign({ path, nonce, body }),
    };
  };
};
