import type { Origin } from '../identity/login-log.ts';
import type { RequestState } from './request.ts';

/** Longest part of a User-Agent that is kept: real ones are under 300 characters. */
const USER_AGENT_LENGTH = 512;

const COUNTRY = /^[A-Z]{2}$/;

/** Where a request came from: address as the gateway saw it, country where a CDN in front tells it. */
export const originOf = ({ ip, headers }: Pick<RequestState, 'ip' | 'headers'>): Origin => {
  const country = headers['cloudfront-viewer-country'] ?? '';
  return {
    ip,
    userAgent: (headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
    area: COUNTRY.test(country) ? country : '-',
  };
};
