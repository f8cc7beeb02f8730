import { documentSweeper } from '../../shared/contracts/jobs.ts';
import { sweepDocuments } from '../../shared/kyc/images/sweep.ts';
import { bucketService } from '../../shared/platform/bucket-service.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';

/** Every quarter of an hour: documents that were replaced, and those whose upload died before it could be entered. */
export const handler = jobHandler(documentSweeper, (platform) => () => sweepDocuments(platform), {
  buckets: bucketService,
});
