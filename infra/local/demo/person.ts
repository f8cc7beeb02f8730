import { randomBytes } from 'node:crypto';
import type { AssetName } from '../../../shared/contracts/assets.ts';

/** Somebody who exists on this machine only. */
export interface DemoPerson {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  /** As KYC asks for them: made up, with a right check digit. */
  readonly identity: { readonly name: string; readonly identityNumber: string; readonly mobilePhone: string };
  /** What the account begins with. */
  readonly funds: readonly { readonly asset: AssetName; readonly amount: string }[];
}

const PASSWORD_BYTES = 9;

const newPassword = (): string => randomBytes(PASSWORD_BYTES).toString('base64url');

/** Two, so that one can send to the other. Their passwords are drawn anew each time. */
export const demoPeople = (): readonly DemoPerson[] => [
  {
    username: 'demo-ann',
    email: 'demo-ann@example.com',
    password: newPassword(),
    identity: { name: '林書得', identityNumber: 'A100000001', mobilePhone: '0911000001' },
    funds: [
      { asset: 'TWD', amount: '50000' },
      { asset: 'USDT', amount: '1000' },
      { asset: 'BTC', amount: '0.05' },
    ],
  },
  {
    username: 'demo-bob',
    email: 'demo-bob@example.com',
    password: newPassword(),
    identity: { name: '陳美玲', identityNumber: 'A200000003', mobilePhone: '0911000002' },
    funds: [
      { asset: 'TWD', amount: '10000' },
      { asset: 'ETH', amount: '0.5' },
    ],
  },
];
