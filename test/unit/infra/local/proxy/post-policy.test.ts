import { describe, expect, it } from '@jest/globals';
import { parsePostPolicy, policyProblem } from '../../../../../infra/local/proxy/post/post-policy.ts';

const encode = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString('base64');

const problem = (conditions: readonly unknown[], fields: Readonly<Record<string, string>>, fileBytes = 1) => {
  const policy = parsePostPolicy(encode({ expiration: '2026-01-01T00:00:00.000Z', conditions }));
  if ('code' in policy) return policy.code;
  const form = { fields: new Map(Object.entries(fields)), repeated: [], fileBytes };
  return policyProblem(policy, form, { bucket: 'b', now: Date.UTC(2025, 0, 1) })?.message;
};

describe('a POST policy', () => {
  it('asks of fields what its conditions say, in either form, whatever the case of names', () => {
    expect(problem([{ Key: 'a' }], { key: 'a' })).toBeUndefined();
    expect(problem([['eq', '$key', 'a']], { key: 'b' })).toContain('["eq","$key","a"]');
    expect(problem([['starts-with', '$key', '']], { key: 'anything' })).toBeUndefined();
    expect(problem([{ bucket: 'other' }], {})).toContain('["eq","$bucket","other"]');
  });

  it('must name every field but those of the form itself', () => {
    const own = { policy: 'x', 'x-amz-signature': 'x', file: 'x', 'x-ignore-me': 'x' };
    expect(problem([], own)).toBeUndefined();
    expect(problem([], { ...own, tagging: 'x' })).toContain('Extra input fields: tagging');
  });

  it('bounds the size, both ends included', () => {
    const range = [['content-length-range', 2, '4']];
    expect([1, 2, 4, 5].map((bytes) => problem(range, {}, bytes))).toEqual([
      expect.stringContaining('smaller than the minimum'),
      undefined,
      undefined,
      expect.stringContaining('exceeds the maximum'),
    ]);
  });

  it.each([
    ['no JSON', Buffer.from('{').toString('base64')],
    ['no base64', '%%%'],
    ['no expiration', encode({ conditions: [] })],
    ['an unknown operator', encode({ expiration: '2026-01-01T00:00:00Z', conditions: [['ends-with', '$key', 'a']] })],
    ['a negative size', encode({ expiration: '2026-01-01T00:00:00Z', conditions: [['content-length-range', -1, 5]] })],
  ])('is refused with %s', (_what, encoded) => {
    expect(parsePostPolicy(encoded)).toMatchObject({ status: 400, code: 'InvalidPolicyDocument' });
  });
});
