import { sha256 } from '../platform/digest.ts';
import { type Random, randomId } from '../platform/random.ts';

const TOKEN = /^USER_TOKEN_LOGIN_([0-9a-f]{32})_([0-9a-f]{32})$/;

/** Formats a fresh session token: the user's opaque id and 128 random bits. */
export const issueToken = (userId: string, random: Random): string => `USER_TOKEN_LOGIN_${userId}_${randomId(random)}`;

/** SHA-256 of a whole token: what is stored of it, and the session's id. */
export const tokenHash = (token: string): string => sha256(token);

/** What a token says of itself; nothing of it is believed before the session is found. */
export interface TokenClaim {
  readonly userId: string;
  /** The id of the session, if there is one. */
  readonly sessionId: string;
}

/** Reads a token; `undefined` where it has not the form of one. */
export const parseToken = (token: string): TokenClaim | undefined => {
  const userId = TOKEN.exec(token)?.[1];
  return userId === undefined ? undefined : { userId, sessionId: tokenHash(token) };
};
