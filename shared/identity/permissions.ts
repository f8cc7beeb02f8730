import { UserStatus } from '../contracts/enums.ts';
import type { User } from './user.ts';

/** The `allow*` flags of `GET /v1/user`. */
export interface Permissions {
  readonly allowCryptoDeposit: boolean;
  readonly allowCryptoWithdrawal: boolean;
  readonly allowFiatDeposit: boolean;
  readonly allowFiatWithdrawal: boolean;
  readonly allowTrade: boolean;
  readonly allowTransfer: boolean;
}

/** The KYC level that opens transfers to others. */
export const TRANSFER_LEVEL = 2;

/**
 * What KYC level and status open: crypto in from level 1, crypto out, trade and transfer from level 2, fiat
 * at level 3. NotTradable takes trade and transfer away; every other status but Normal takes all.
 */
export const permissionsOf = ({ kycLevel, userStatus }: Pick<User, 'kycLevel' | 'userStatus'>): Permissions => {
  const active = userStatus === UserStatus.NORMAL || userStatus === UserStatus.NOT_TRADABLE;
  const tradable = userStatus === UserStatus.NORMAL;
  return {
    allowCryptoDeposit: active && kycLevel >= 1,
    allowCryptoWithdrawal: active && kycLevel >= 2,
    allowFiatDeposit: active && kycLevel >= 3,
    allowFiatWithdrawal: active && kycLevel >= 3,
    allowTrade: tradable && kycLevel >= 2,
    allowTransfer: tradable && kycLevel >= TRANSFER_LEVEL,
  };
};
