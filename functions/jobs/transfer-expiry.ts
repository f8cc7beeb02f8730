import { transferExpiry } from '../../shared/contracts/jobs.ts';
import { expireTransfers } from '../../shared/ledger/transfer/expiry.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';

/** Every minute: transfers that were not confirmed in time. */
export const handler = jobHandler(transferExpiry, (platform) => () => expireTransfers(platform));
