import { createClient, type SessionClient } from '../../shared/client/client.ts';
import type { Stage } from '../stages.ts';
import { type SendOnWire, wireOf } from './wire.ts';

/** Somebody to log in as. */
export interface SmokeUser {
  readonly loginName: string;
  /** As clients send it: the SHA-256 of what the person typed. */
  readonly passwordDigest: string;
  /** Key of the authenticator, base32; without it the user must have none bound. */
  readonly totpKey?: string | undefined;
}

/** What was given to look at. */
export interface Target {
  /** Where the API answers, without a slash at its end. */
  readonly baseUrl: string;
  readonly stage: Stage;
  readonly user?: SmokeUser | undefined;
  /** Where the staff API answers. */
  readonly staffUrl?: string | undefined;
  /** Whether the user may be sent a mail. */
  readonly mail: boolean;
  /** For each request. */
  readonly timeoutMs: number;
}

/** What checks look at, and what the ones before have left to those after. */
export interface World extends Target {
  readonly send: SendOnWire;
  /** A stranger's. Never tries again: what the first answer was is what is looked at. */
  readonly stranger: SessionClient;
  /** The user's, logged in by the check that does so. */
  readonly session: SessionClient;
  /** Headers of what the session was answered last. */
  readonly lastHeaders: () => Headers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether it is the stack of this machine, which tells captchas and mails. */
  readonly isLocal: boolean;
  /** The user of this run: whom one was given, or whom a check has registered. */
  user?: SmokeUser | undefined;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address is of this machine. */
export const isLoopback = (url: string): boolean => LOOPBACK.has(new URL(url).hostname);

export const worldOf = (target: Target): World => {
  const { baseUrl, timeoutMs } = target;
  let headers = new Headers();
  const remembering: typeof fetch = async (...args) => {
    const response = await fetch(...args);
    headers = response.headers;
    return response;
  };
  const options = { baseUrl, timeoutMs, retries: 0, language: 'en' };
  return {
    ...target,
    send: wireOf({ baseUrl, timeoutMs }),
    stranger: createClient(options),
    session: createClient({ ...options, fetch: remembering }),
    lastHeaders: () => headers,
    now: Date.now,
    isLocal: isLoopback(baseUrl),
  };
};
