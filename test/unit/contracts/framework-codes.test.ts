import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { frameworkCodes, SIGNATURE_CODES } from '../../../shared/contracts/framework-codes.ts';

const bare = { apiKey: false, auth: 'none', chapter: '8.1', rate: 'public', method: 'GET' } as const;
const ALWAYS = ['MAINTENANCE', 'THROTTLED', 'INTERNAL_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT'];
const schema = z.object({});

const beyondAlways = (endpoint: Parameters<typeof frameworkCodes>[0]) =>
  frameworkCodes(endpoint).filter((code) => !ALWAYS.includes(code));

describe('frameworkCodes', () => {
  it('is only what can always happen for a public read without input', () => {
    expect(frameworkCodes(bare)).toEqual(ALWAYS);
    expect(beyondAlways({ ...bare, auth: 'optional' })).toEqual(['TWO_CREDENTIALS']);
  });

  it('adds what input can have wrong', () => {
    expect(beyondAlways({ ...bare, query: schema })).toEqual(['INVALID_PARAMETER']);
    expect(beyondAlways({ ...bare, body: schema })).toEqual([
      'INVALID_PARAMETER',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'INVALID_JSON',
    ]);
  });

  it('adds what a session can lack', () => {
    expect(beyondAlways({ ...bare, auth: 'pending' })).toEqual(['TOKEN_EXPIRED', 'TWO_CREDENTIALS']);
    expect(beyondAlways({ ...bare, auth: 'session' })).toEqual([
      'TOKEN_EXPIRED',
      'SECOND_FACTOR_REQUIRED',
      'TWO_CREDENTIALS',
      'ACCOUNT_NOT_ACTIVATED',
    ]);
    expect(beyondAlways({ ...bare, auth: 'session', chapter: '4.2' })).toEqual([
      'TOKEN_EXPIRED',
      'SECOND_FACTOR_REQUIRED',
      'TWO_CREDENTIALS',
    ]);
  });

  it('adds what a signature can have wrong, and a key lack, where one is accepted', () => {
    const keyed = (apiKey: EndpointSpec['apiKey']) =>
      beyondAlways({ ...bare, apiKey }).filter((code) => !SIGNATURE_CODES.some((one) => one === code));
    expect(beyondAlways({ ...bare, apiKey: 'read' })).toEqual(expect.arrayContaining([...SIGNATURE_CODES]));
    expect(keyed('read')).toEqual(['API_KEY_ADDRESS_REFUSED', 'API_KEY_SCOPE_MISSING']);
    expect(keyed({ by: 'operation', scopes: {} })).toEqual([
      'API_KEY_ADDRESS_REFUSED',
      'API_KEY_SCOPE_MISSING',
      'API_KEY_NOT_ACCEPTED',
    ]);
  });

  it('adds the refusal of too many requests where they are counted', () => {
    expect(beyondAlways({ ...bare, rate: 'address' })).toEqual(['RATE_LIMITED']);
    expect(beyondAlways({ ...bare, rate: 'query' })).toEqual(['RATE_LIMITED']);
  });

  it('adds what an idempotency key can have wrong', () => {
    const posting = { ...bare, auth: 'session', chapter: '4.2', method: 'POST' } as const;
    const codes = beyondAlways({ ...posting, idempotent: true });
    expect(codes.filter((code) => !beyondAlways(posting).includes(code))).toEqual([
      'INVALID_PARAMETER',
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('adds the cross-site refusal for everything that changes state', () => {
    expect(beyondAlways({ ...bare, method: 'POST' })).toEqual(['CROSS_SITE_REQUEST']);
    expect(beyondAlways({ ...bare, changesState: true })).toEqual(['CROSS_SITE_REQUEST']);
  });
});
