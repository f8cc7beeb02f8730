import { describe, expect, it } from '@jest/globals';
import { parseExact } from '../../../shared/client/exact-json.ts';
import { ROUTES } from '../../../shared/client/routes.ts';
import { ExactNumber } from '../../../shared/contracts/exact-number.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';

const CALLS = ENDPOINTS.filter((endpoint) => !('response' in endpoint));

/** What a client shall make of an example: exact numbers as their texts. */
const asReceived = (value: unknown): unknown => {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return value.map(asReceived);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asReceived(inner)]));
};

describe('the routes of the client', () => {
  it('are every endpoint that answers with an envelope', () => {
    expect(Object.keys(ROUTES)).toEqual(CALLS.map(({ id }) => id));
    expect(CALLS.length).toBeGreaterThan(40);
  });

  it('are plain data, so that a build can have them written out', () => {
    expect(JSON.parse(JSON.stringify(ROUTES))).toEqual(ROUTES);
  });

  it.each(CALLS)('of $id keeps exactly the money of its answers exact', ({ id, example }) => {
    const answer = { code: 1, msg: null, time: 1_700_000_000_000, data: example.data, success: true };
    const received = parseExact(JSON.stringify(answer), ROUTES[id]?.exact ?? []);
    // A number that may be either an id or money is read as money is.
    const expected = id === 'capital.wallet-operation' ? { ...answer, data: '3019' } : asReceived(answer);
    expect(received).toEqual(expected);
  });

  it('are repeated only where asking changes nothing', () => {
    const safe = Object.entries(ROUTES).filter(([, route]) => route.safe);
    expect(safe.map(([, { method }]) => method).every((method) => method === 'GET')).toBe(true);
    expect(ROUTES['capital.transfer-confirm']?.safe).toBeUndefined();
    expect(ROUTES['capital.wallet-operation']).toMatchObject({ idempotent: true, signed: true });
  });
});
