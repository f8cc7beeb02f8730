import { image } from '../../shared/contracts/endpoints/kyc/image.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { formParser } from '../../shared/http/form-body.ts';
import { readMultipart } from '../../shared/http/multipart.ts';
import { createDocumentReader } from '../../shared/kyc/images/reader.ts';
import { createScan } from '../../shared/kyc/images/scanner.ts';
import { submitImage } from '../../shared/kyc/images/submission.ts';
import { bucketService } from '../../shared/platform/bucket-service.ts';

/** `POST /v1/kyc/image` */
export const handler = endpointHandler(
  image,
  (platform) => {
    const { clock, settings } = platform;
    const checks = { read: createDocumentReader(), scan: createScan(settings.documentScanner, fetch) };
    return async ({ caller, body }) => {
      const bytes = new Uint8Array(await body.file.arrayBuffer());
      const { userId } = caller.user;
      return submitImage(platform, checks, { userId, type: body.type, bytes, at: clock.now(), along: [] });
    };
  },
  { form: formParser(readMultipart), buckets: bucketService },
);
