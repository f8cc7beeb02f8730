import { describe, expect, it } from '@jest/globals';
import { IMAGES_OF_LEVEL, rejectedTypes, staffKycDecision } from '../../../../shared/contracts/staff/kyc-decision.ts';

const decision = (rest: object) => staffKycDecision.body.safeParse({ reason: 'why', ...rest });

describe('a decision', () => {
  it.each([
    { level: 1, decision: 'reject' },
    { level: 1, decision: 'approve' },
    { level: 2, decision: 'approve' },
    { level: 2, decision: 'approve', images: { 1: 'approve' } },
    { level: 2, decision: 'reject', images: { 1: 'approve', 5: 'reject' } },
    { level: 2, decision: 'reject', images: { 5: 'reject' }, reasons: { 5: 'Too old.' } },
    { level: 3, decision: 'reject', images: { 6: 'reject' }, version: 7 },
  ])('can be %j', (body) => {
    expect(decision(body).success).toBe(true);
  });

  it.each([
    { level: 0, decision: 'reject' },
    { level: 2, decision: 'maybe' },
    { level: 2, decision: 'reject' },
    { level: 2, decision: 'reject', images: {} },
    { level: 2, decision: 'reject', images: { 1: 'approve' } },
    { level: 2, decision: 'approve', images: { 1: 'reject' } },
    { level: 2, decision: 'reject', images: { 6: 'reject' } },
    { level: 2, decision: 'reject', images: { 1: 'reject', 6: 'approve' } },
    { level: 2, decision: 'reject', images: { 7: 'reject' } },
    { level: 3, decision: 'reject', images: { 1: 'reject' } },
    { level: 1, decision: 'reject', images: { 1: 'reject' } },
    { level: 2, decision: 'reject', images: { 1: 'reject' }, reasons: { 2: 'Why not.' } },
    { level: 2, decision: 'reject', images: { 1: 'reject' }, reasons: { 1: ' ' } },
    { level: 2, decision: 'approve', reason: ' ' },
  ])('cannot be %j', (body) => {
    expect(decision(body).success).toBe(false);
  });

  it('is about the images of its level', () => {
    expect(IMAGES_OF_LEVEL).toEqual({ 1: [], 2: [1, 2, 3, 4, 5], 3: [6] });
    expect(rejectedTypes({ images: { 1: 'approve', 3: 'reject', 5: 'reject' } })).toEqual([3, 5]);
    expect(rejectedTypes({})).toEqual([]);
  });
});
