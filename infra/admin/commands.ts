import { AUDIT_COMMANDS } from './audit.ts';
import { BANK_COMMANDS } from './banks.ts';
import { BOOKING_COMMANDS } from './bookings.ts';
import type { Command } from './command.ts';
import { ERASURE_COMMANDS } from './erasure.ts';
import { FAILURE_COMMANDS } from './failures/commands.ts';
import { KYC_COMMANDS } from './kyc.ts';
import { LEDGER_COMMANDS } from './ledger.ts';
import { SCREENING_COMMANDS } from './screening.ts';
import { TICKER_COMMANDS } from './tickers.ts';
import { USER_COMMANDS } from './users.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...USER_COMMANDS,
  ...ERASURE_COMMANDS,
  ...KYC_COMMANDS,
  ...SCREENING_COMMANDS,
  ...BOOKING_COMMANDS,
  ...TICKER_COMMANDS,
  ...LEDGER_COMMANDS,
  ...AUDIT_COMMANDS,
  ...BANK_COMMANDS,
  ...FAILURE_COMMANDS,
];
