import { erasure } from '../../shared/contracts/jobs.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';
import { runErasures } from '../../shared/staff/erasure/run.ts';

/** Every five minutes: what staff ordered to be erased, and what law had kept until now. */
export const handler = jobHandler(erasure, (platform) => () => runErasures(platform));
