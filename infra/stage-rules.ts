import type { ApprovalThresholds } from '../shared/contracts/settings/approval-thresholds.ts';
import type { NetworkName } from '../shared/contracts/networks.ts';
import type { TextLimits } from '../shared/contracts/settings/text-limits.ts';
import type { TransferLimits } from '../shared/contracts/settings/transfer-limits.ts';

const OF_AGE = 18;

/** About NT$300,000 a day and asset at level 2, and ten times that where a bank account is verified as well. */
const TRANSFER_LIMITS: TransferLimits = {
  2: { TWD: '300000', USDT: '10000', BTC: '0.1', ETH: '3', USD: '10000' },
  3: { TWD: '3000000', USDT: '100000', BTC: '1', ETH: '30', USD: '100000' },
};

/** What is open at first; BTC is opened by naming it here, or in a stage. */
const NETWORKS_ON: readonly NetworkName[] = ['USDT-ERC20', 'USDT-TRC20', 'ETH'];

/** About NT$300,000 too, and a million in 24 hours: what one of the staff can book alone, and to one user. */
const APPROVAL_THRESHOLDS: ApprovalThresholds = {
  booking: { TWD: '300000', USDT: '10000', BTC: '0.1', ETH: '3', USD: '10000' },
  day: { TWD: '1000000', USDT: '33000', BTC: '0.33', ETH: '10', USD: '33000' },
};

/**
 * Ten to a number in a day, so that no 24 hours have more than the 20 of the API. A hundred for an address, since phone
 * companies put many customers behind one. In all as much as trying things out takes; what goes live sets its own.
 */
const TEXT_LIMITS: TextLimits = { perNumber: 10, perAddress: 100, inTotal: 200 };

/** What every stage holds people to, unless it says otherwise. */
export const RULES = {
  minimumAge: OF_AGE,
  transferLimits: TRANSFER_LIMITS,
  approvalThresholds: APPROVAL_THRESHOLDS,
  textLimits: TEXT_LIMITS,
  networks: NETWORKS_ON,
  documentScanner: 'off',
  sanctionsScreening: 'off',
};
