import { ALLOWED_HEADERS, EXPOSED_HEADERS } from '../contracts/cors.ts';

/** Two hours: the longest that Chromium keeps a preflight. */
const PREFLIGHT_SECONDS = 7200;

const EXPOSED = EXPOSED_HEADERS.join(',');

/** CORS headers of an answer: none but `Vary` to an origin that is not configured. */
export const corsHeaders = (origin: string | undefined, allowedOrigins: readonly string[]): Record<string, string> =>
  origin !== undefined && allowedOrigins.includes(origin)
    ? {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': EXPOSED,
        vary: 'Origin',
      }
    : { vary: 'Origin' };

/** Headers that answer a preflight from a configured origin. */
export const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  'access-control-allow-methods': methods.join(','),
  'access-control-allow-headers': ALLOWED_HEADERS.join(','),
  'access-control-max-age': String(PREFLIGHT_SECONDS),
});
