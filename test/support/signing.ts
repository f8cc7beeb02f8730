import { createSecretKey } from 'node:crypto';
import { SIGNATURE_HEADERS } from '../../shared/contracts/api-key-headers.ts';
import { sign } from '../../shared/http/api-key/signature.ts';

/** A key as its owner was given it. */
export interface KeyPair {
  readonly apiKey: string;
  readonly secret: string;
}

export interface ToSign {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly nonce: number;
  readonly body?: string | Uint8Array;
}

/** The headers that sign a request. */
export const signedHeaders = ({ apiKey, secret }: KeyPair, { path, nonce, body = '' }: ToSign) => ({
  [SIGNATURE_HEADERS.apiKey]: apiKey,
  [SIGNATURE_HEADERS.nonce]: String(nonce),
  [SIGNATURE_HEADERS.signature]: sign(createSecretKey(Buffer.from(secret)), { path, nonce: String(nonce), body }),
});
