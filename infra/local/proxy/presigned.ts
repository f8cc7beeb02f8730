import { createHash } from 'node:crypto';
import { accessKeyOf } from '../workers/access-key.ts';
import type { ServiceError } from './answers.ts';
import { type Callers, credentialOf } from './caller.ts';
import { MISMATCH } from './post/post-object.ts';
import { isSameSignature, postSignature } from './post/post-signature.ts';
import { headerOf, type ServiceCall } from './services/service.ts';

export interface PresignedOptions {
  readonly callers: Callers;
  readonly operator: string;
  /** Epoch milliseconds, as functions see the time. */
  readonly now: () => number;
}

type Call = Pick<ServiceCall, 'method' | 'target' | 'headers'>;

/** `20260101T000000Z` */
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** S3 refuses links that last longer than seven days. */
const LONGEST_SECONDS = 604_800;

const malformed = (message: string): ServiceError => ({
  status: 400,
  code: 'AuthorizationQueryParametersError',
  message,
});

/** As signature version 4 writes names and values, which `encodeURIComponent` does but for five characters. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const canonicalRequest = ({ method, target, headers }: Call, signedHeaders: string): string => {
  const [path = '', query = ''] = target.split('?', 2);
  const parameters = [...new URLSearchParams(query)]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const lines = signedHeaders.split(';').map((name) => `${name}:${headerOf({ headers }, name).trim()}\n`);
  return [method, path, parameters.join('&'), lines.join(''), signedHeaders, 'UNSIGNED-PAYLOAD'].join('\n');
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** When a link begins and ends, in epoch milliseconds. */
const spanOf = (date: string, seconds: string) => {
  const [, year, month, day, hour, minute, second] = DATE.exec(date) ?? [];
  const from = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return { from, until: from + Number(seconds) * 1000 };
};

const timeProblem = (given: URLSearchParams, now: number): ServiceError | undefined => {
  const seconds = given.get('X-Amz-Expires') ?? '';
  const { from, until } = spanOf(given.get('X-Amz-Date') ?? '', seconds);
  if (Number.isNaN(from)) return malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!/^\d+$/.test(seconds)) return malformed('X-Amz-Expires must be a number');
  if (Number(seconds) > LONGEST_SECONDS) return malformed('X-Amz-Expires must be less than a week (in seconds)');
  if (now <= until) return undefined;
  const details = {
    'X-Amz-Expires': seconds,
    Expires: new Date(until).toISOString(),
    ServerTime: new Date(now).toISOString(),
  };
  return { status: 403, code: 'AccessDenied', message: 'Request has expired', details };
};

/** The signature that such an address must carry ("Authenticating Requests: Using Query Parameters", S3 API reference). */
export const presignedSignature = (call: Call, secret: string): string => {
  const given = new URLSearchParams(call.target.split('?', 2)[1] ?? '');
  const scope = given.get('X-Amz-Credential') ?? '';
  const request = canonicalRequest(call, given.get('X-Amz-SignedHeaders') ?? '');
  const [, ...ofKey] = scope.split('/');
  const text = ['AWS4-HMAC-SHA256', given.get('X-Amz-Date'), ofKey.join('/'), sha256(request)].join('\n');
  return postSignature(text, scope, secret);
};

/**
 * Judges calls of S3 that carry their signature in the address: whether they are signed by whom they say, and still
 * good. `undefined` for one that is, and for calls of other kinds.
 */
export const createJudgePresigned =
  ({ callers, operator, now }: PresignedOptions) =>
  (call: Call): ServiceError | undefined => {
    const given = new URLSearchParams(call.target.split('?', 2)[1] ?? '');
    const signature = given.get('X-Amz-Signature');
    if (signature === null) return undefined;
    const signer = callers.ofCredential(credentialOf(given.get('X-Amz-Credential') ?? ''));
    // Whom nobody knows is refused as such.
    if (signer.kind === 'anonymous' || signer.kind === 'unknown') return undefined;
    const { secret } = accessKeyOf(signer.kind === 'operator' ? operator : signer.name);
    const expired = timeProblem(given, now());
    if (expired) return expired;
    return isSameSignature(signature, presignedSignature(call, secret)) ? undefined : MISMATCH;
  };
