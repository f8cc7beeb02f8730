/** How long a nonce is remembered: the server looks no further away than 30 s on either side of its own clock. */
const REMEMBERED_MS = 60_000;

/**
 * Nonces of one key: epoch milliseconds, or the next ones that are free, so that requests of one millisecond differ though
 * they ask for the same. A clock that is set back gives none twice either.
 */
export const createNonces = (now: () => number): (() => number) => {
  const used = new Set<number>();
  return () => {
    const present = Math.floor(now());
    // In the order of their use; the oldest are forgotten first.
    for (const nonce of used) {
      if (Math.abs(present - nonce) <= REMEMBERED_MS) break;
      used.delete(nonce);
    }
    let nonce = present;
    while (used.has(nonce)) nonce += 1;
    used.add(nonce);
    return nonce;
  };
};

const utf8 = new TextEncoder();

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const joined = (head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
};

/** What of a request is signed. */
export interface Signed {
  /** The path as it is sent, without the stage and the query. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly nonce: number;
  /** The bytes as they are sent; none where there is no body. */
  readonly body: Uint8Array;
}

/** Signs requests: lower-case hex of HMAC-SHA384(secret, path + nonce + body). */
export type Sign = (signed: Signed) => Promise<string>;

const ALGORITHM = { name: 'HMAC', hash: 'SHA-384' } as const;

type WebCrypto = (typeof globalThis.crypto)['subtle'];

const subtle = (): WebCrypto => {
  // Absent there, whatever the types say.
  const present: WebCrypto | undefined = globalThis.crypto.subtle;
  if (present !== undefined) return present;
  throw new TypeError(
    'Signing needs WebCrypto, which browsers keep for https and localhost. Serve the page from there.',
  );
};

/**
 * Signs with one secret, which is read once.
 *
 * @returns a function that rejects with TypeError where a browser has no WebCrypto for the page.
 */
export const createSign = (secret: string): Sign => {
  let key: ReturnType<WebCrypto['importKey']> | undefined;
  return async ({ path, nonce, body }) => {
    key ??= subtle().importKey('raw', utf8.encode(secret), ALGORITHM, false, ['sign']);
    const signature = await subtle().sign('HMAC', await key, joined(utf8.encode(`${path}${nonce}`), body));
    return hexOf(new Uint8Array(signature));
  };
};
