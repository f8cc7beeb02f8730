import { ledgerReconciler } from '../../shared/contracts/jobs.ts';
import { reconcile } from '../../shared/ledger/verify/reconcile.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';

/** Every five minutes: a part of the ledger is proved. */
export const handler = jobHandler(ledgerReconciler, (platform) => () => reconcile(platform));
