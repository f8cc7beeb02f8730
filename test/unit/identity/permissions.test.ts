import { describe, expect, it } from '@jest/globals';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { permissionsOf } from '../../../shared/identity/permissions.ts';

const open = (kycLevel: 0 | 1 | 2 | 3, userStatus: (typeof UserStatus)[keyof typeof UserStatus]): string[] =>
  Object.entries(permissionsOf({ kycLevel, userStatus })).flatMap(([name, allowed]) => (allowed ? [name] : []));

describe('permissionsOf', () => {
  it('opens level by level', () => {
    expect(open(0, UserStatus.NORMAL)).toEqual([]);
    expect(open(1, UserStatus.NORMAL)).toEqual(['allowCryptoDeposit']);
    expect(open(2, UserStatus.NORMAL)).toEqual([
      'allowCryptoDeposit',
      'allowCryptoWithdrawal',
      'allowTrade',
      'allowTransfer',
    ]);
    expect(open(3, UserStatus.NORMAL)).toHaveLength(6);
  });

  it('takes trade and transfer, and nothing else, from a user who is not tradable', () => {
    expect(open(3, UserStatus.NOT_TRADABLE)).toEqual([
      'allowCryptoDeposit',
      'allowCryptoWithdrawal',
      'allowFiatDeposit',
      'allowFiatWithdrawal',
    ]);
  });

  it('takes everything from every other status', () => {
    const { NORMAL, NOT_TRADABLE, ...others } = UserStatus;
    expect([NORMAL, NOT_TRADABLE]).toEqual([1, 8]);
    for (const status of Object.values(others)) expect(open(3, status)).toEqual([]);
  });
});
