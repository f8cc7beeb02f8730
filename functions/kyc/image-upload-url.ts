import { imageUploadUrl } from '../../shared/contracts/endpoints/kyc/image-upload-url.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { startUpload } from '../../shared/kyc/images/presigned.ts';
import { signingBucketService } from '../../shared/platform/signing-bucket-service.ts';

/** `POST /v1/kyc/image/upload_url` */
export const handler = endpointHandler(
  imageUploadUrl,
  (platform) =>
    async ({ caller, body }) =>
      startUpload(platform, caller.user.userId, body),
  { buckets: signingBucketService },
);
