import { createNonces } from '../../../shared/client/signature.ts';
import type { ApiResponse, TestStack } from '../local-stack.ts';
import { type KeyPair, signedHeaders } from '../signing.ts';
import { fill } from './base.ts';
import type { Cast } from './cast.ts';
import { type Draft, type Header, type Signature } from './draft.ts';
import { sendBytes } from './wire.ts';

/** A draft with the credentials of its caller; a signature is made when it is sent. */
export interface Ready {
  readonly draft: Draft;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Buffer | undefined;
  readonly key: KeyPair | undefined;
}

const credentialsOf = async ({ caller, endpoint }: Draft, cast: Cast): Promise<readonly Header[]> => {
  if (caller === 'guest') return [['token', await cast.guestFor(endpoint)]];
  if (caller === 'cookie') return [['Cookie', `token=${await cast.guestFor(endpoint)}`]];
  if (caller === 'member') return [['token', cast.member]];
  if (caller === 'pending') return [['token', cast.pending]];
  if (caller === 'staff') return [['x-local-principal', 'jo.lin']];
  return [];
};

const keyOf = ({ caller }: Draft, cast: Cast): KeyPair | undefined => {
  if (caller === 'key') return cast.key;
  return caller === 'reader' ? cast.reader : undefined;
};

const filled = (text: string, cast: Cast): string => fill(text, cast.names);

/** Gives a draft real names and the credentials of its caller. */
export const prepare = async (draft: Draft, cast: Cast): Promise<Ready> => {
  const own = await credentialsOf(draft, cast);
  // What a mutation set stands, be it a token in the place of the caller's.
  const set = new Set(draft.headers.map(([name]) => name.toLowerCase()));
  const { body } = draft;
  return {
    draft,
    path: filled(draft.path, cast),
    query: filled(draft.query, cast),
    headers: [...draft.headers, ...own.filter(([name]) => !set.has(name.toLowerCase()))],
    body: body && Buffer.from(filled(body.toString('latin1'), cast), 'latin1'),
    key: keyOf(draft, cast),
  };
};

const OLD_MS = 31_000;

const nextNonce = createNonces(Date.now);

const bent = (signature: Signature, headers: ReturnType<typeof signedHeaders>, token: string): readonly Header[] => {
  const { 'btse-sign': sign, ...rest } = headers;
  const signed = Object.entries(headers);
  if (signature === 'cut') return [...Object.entries(rest), ['btse-sign', sign.slice(1)]];
  if (signature === 'in upper case') return [...Object.entries(rest), ['btse-sign', sign.toUpperCase()]];
  if (signature === 'without nonce') return signed.filter(([name]) => name !== 'btse-nonce');
  if (signature === 'beside a token') return [...signed, ['token', token]];
  return signed;
};

const signatureOf = ({ draft, key, path, body = Buffer.alloc(0) }: Ready, cast: Cast): readonly Header[] => {
  if (!key) return [];
  const { signature } = draft;
  const signedBody = signature === 'of another body' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  const signer = signature === 'of another secret' ? { ...key, secret: cast.key.secret.toUpperCase() } : key;
  const headers = signedHeaders(signer, {
    path: signature === 'of another path' ? `${path}/` : path,
    nonce: nextNonce() - (signature === 'of an old nonce' ? OLD_MS : 0),
    body: signedBody,
  });
  return bent(signature, headers, cast.member);
};

/** Says how long the body is and that nothing follows, unless the draft says something itself. */
const framingOf = (headers: readonly Header[], body: Buffer | undefined): readonly Header[] => {
  const set = new Set(headers.map(([name]) => name.toLowerCase()));
  const length: readonly Header[] = body && !set.has('content-length') ? [['Content-Length', String(body.length)]] : [];
  return [...length, ...(set.has('connection') ? [] : [['connection', 'close'] as const])];
};

/** The request as it goes over the wire. */
export const written = (ready: Ready, cast: Cast): Buffer => {
  const { draft, path, query, headers, body } = ready;
  const all = [...headers, ...signatureOf(ready, cast)];
  const lines = [...all, ...framingOf(all, body)].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${draft.method} ${path}${query} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
};

/** Sends a request; undefined when the connection was closed without an answer. */
export const sendReady = (stack: TestStack, ready: Ready, cast: Cast): Promise<ApiResponse | undefined> => {
  const url = ready.draft.endpoint.auth === 'staff' ? (stack.stack.adminUrl ?? '') : stack.url;
  return sendBytes(new URL(url), {
    bytes: written(ready, cast),
    isHead: ready.draft.method === 'HEAD',
    mayBeShort: ready.draft.mayBeCutOff,
  });
};
