/**
 * What answers over TLS tell browsers: to come by TLS alone for a year, even where somebody typed or linked `http:` (RFC
 * 6797). Nothing is said of subdomains, which are not the API's to speak for.
 */
export const TRANSPORT_HEADERS = { 'strict-transport-security': 'max-age=31536000' } as const;
