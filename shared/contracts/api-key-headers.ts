/** The headers of a signed request (API chapter 2). */
export const SIGNATURE_HEADERS = { apiKey: 'btse-api', nonce: 'btse-nonce', signature: 'btse-sign' } as const;

export type SignatureHeader = (typeof SIGNATURE_HEADERS)[keyof typeof SIGNATURE_HEADERS];

/**
 * What each may hold, whole: the base64 of 32 lower-case hex digits, epoch milliseconds in 13 digits (until the year 2286),
 * and the lower-case hex of an HMAC-SHA384. One spelling each, so that no two texts stand for one key or signature.
 */
export const SIGNATURE_FORMS: Readonly<Record<SignatureHeader, string>> = {
  'btse-api': '[A-Za-z0-9+/]{43}=',
  'btse-nonce': '[1-9][0-9]{12}',
  'btse-sign': '[0-9a-f]{96}',
};
