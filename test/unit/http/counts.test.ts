import { describe, expect, it } from '@jest/globals';
import { login } from '../../../shared/contracts/endpoints/auth/login.ts';
import { walletOperation } from '../../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { staffKycDecision } from '../../../shared/contracts/staff/kyc-decision.ts';
import { countsOf } from '../../../shared/http/counts.ts';

const done = { ok: true, data: null } as const;

describe('what an answer counts as', () => {
  it('goes by its code', () => {
    expect(countsOf(login, done, {})).toEqual({ LoginsSucceeded: 1 });
    expect(countsOf(login, { ok: false, code: 'WRONG_CREDENTIALS' }, {})).toEqual({ LoginsFailed: 1 });
    expect(countsOf(login, { ok: false, code: 'INTERNAL_ERROR' }, {})).toBeUndefined();
  });

  it('goes by fields of the body where the contract says so', () => {
    expect(countsOf(walletOperation, done, { operation: 'CONVERT' })).toEqual({ Conversions: 1 });
    expect(countsOf(staffKycDecision, done, { level: 2, decision: 'reject' })).toEqual({ KycLevel2Rejected: 1 });
  });

  it.each([
    [undefined],
    ['{"operation":"TRANSFER"}'],
    [{ operation: 'toString' }],
    [{ operation: 'PRE_PAY_FOR_SERVICE' }],
  ])('is nothing for %p', (body) => {
    expect(countsOf(walletOperation, done, body)).toBeUndefined();
  });

  it('is nothing where an answer is given again, so that a payment that is asked for twice is one payment', () => {
    expect(countsOf(walletOperation, { ...done, replayed: true }, { operation: 'TRANSFER' })).toBeUndefined();
  });
});
