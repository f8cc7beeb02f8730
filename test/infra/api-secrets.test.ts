import { describe, expect, it } from '@jest/globals';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { functionPolicies } from './function-policies.ts';
import { whoMay } from './secret-grants.ts';
import { synthesized } from './synthesized.ts';

const statementsOf = functionPolicies(await synthesized('prod'));

const all: readonly EndpointSpec[] = ENDPOINTS;

const takesKeys = all.filter(({ apiKey }) => apiKey !== false).map(({ id }) => id);

describe('the secrets of API keys', () => {
  it('can be decrypted by every function that accepts a key, and by no other', () => {
    expect(takesKeys.length).toBeGreaterThan(0);
    expect(whoMay(statementsOf, 'kms:Decrypt', 'apiSecret')).toEqual(takesKeys.toSorted());
  });

  it('are encrypted where keys are made, and nowhere else', () => {
    expect(whoMay(statementsOf, 'kms:Encrypt', 'apiSecret')).toEqual(['account.create-api-key']);
  });
});
