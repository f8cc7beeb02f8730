import { imageComplete } from '../../shared/contracts/endpoints/kyc/image-complete.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { completeUpload } from '../../shared/kyc/images/presigned.ts';
import { createDocumentReader } from '../../shared/kyc/images/reader.ts';
import { createScan } from '../../shared/kyc/images/scanner.ts';
import { bucketService } from '../../shared/platform/bucket-service.ts';

/** `POST /v1/kyc/image/complete` */
export const handler = endpointHandler(
  imageComplete,
  (platform) => {
    const checks = {
      read: createDocumentReader(),
      scan: createScan(platform.settings.documentScanner, fetch),
    };
    return async ({ caller, body }) => completeUpload(platform, checks, caller.user.userId, body.id);
  },
  { buckets: bucketService },
);
