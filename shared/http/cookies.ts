/** The session cookie's name (API chapter 2). */
const TOKEN_COOKIE = 'token';

/** Reads the session token from a Cookie header; the first of several, as browsers send the most specific first. */
export const tokenCookie = (header: string | undefined): string | undefined => {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((candidate) => candidate.startsWith(`${TOKEN_COOKIE}=`));
  return pair?.slice(TOKEN_COOKIE.length + 1);
};

const attributes = (secure: boolean): string => `HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=Lax; Path=/`;

/** `secure` is false only on plain-http localhost, where browsers would drop the cookie. */
export const setTokenCookie = (token: string, secure: boolean): string =>
  `${TOKEN_COOKIE}=${token}; ${attributes(secure)}`;

export const clearTokenCookie = (secure: boolean): string => `${TOKEN_COOKIE}=; Max-Age=0; ${attributes(secure)}`;
