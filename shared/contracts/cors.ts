/** Request headers that a front-end may send (API chapter 2). */
export const ALLOWED_HEADERS = [
  'content-type',
  'accept-language',
  'token',
  'btse-api',
  'btse-nonce',
  'btse-sign',
  'idempotency-key',
] as const;

/** Response headers that a front-end may read, of functions and of the gateway's own answers. */
export const EXPOSED_HEADERS = [
  'token',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'idempotent-replayed',
  'x-amzn-requestid',
] as const;
