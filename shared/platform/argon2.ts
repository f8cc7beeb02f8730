import * as nodeCrypto from 'node:crypto';

/** What argon2id (RFC 9106) computes a tag from. */
export interface Argon2Input {
  readonly password: string;
  readonly salt: Uint8Array;
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  /** Bytes. */
  readonly tagLength: number;
}

/** One implementation of argon2id; all give the same tag for the same input. */
export type Argon2Engine = (input: Argon2Input) => Promise<Uint8Array>;

/** OpenSSL's argon2id, in node:crypto from Node 24.7 on. It runs in the thread pool. */
export const nativeEngine: Argon2Engine = ({ password, salt, ...cost }) => {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  nodeCrypto.argon2('argon2id', { message: password, nonce: salt, ...cost }, (error, tag) => {
    if (error) reject(error);
    else resolve(tag);
  });
  return promise;
};

/** Whether this runtime's node:crypto has argon2. */
export const hasNativeEngine = (crypto: object = nodeCrypto): boolean => 'argon2' in crypto;

/** argon2id by the runtime itself, else by the kept library, which is loaded at its first use. */
export const argon2id: Argon2Engine = async (input) => {
  if (hasNativeEngine()) return nativeEngine(input);
  const { wasmEngine } = await import('./argon2-wasm.ts');
  return wasmEngine(input);
};
