import { applyLevel3 } from '../../shared/contracts/endpoints/kyc/apply-level-3.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { formParser } from '../../shared/http/form-body.ts';
import { readMultipart } from '../../shared/http/multipart.ts';
import { createDocumentReader } from '../../shared/kyc/images/reader.ts';
import { createScan } from '../../shared/kyc/images/scanner.ts';
import { submitImage } from '../../shared/kyc/images/submission.ts';
import { applyForLevel3, type KeepProof } from '../../shared/kyc/level-three.ts';
import { ACCOUNT_IMAGE } from '../../shared/kyc/record.ts';
import { bucketService } from '../../shared/platform/bucket-service.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/kyc/apply_level_3` */
export const handler = endpointHandler(
  applyLevel3,
  (platform) => {
    const { clock, settings } = platform;
    const checks = { read: createDocumentReader(), scan: createScan(settings.documentScanner, fetch) };
    const keepProof: KeepProof<File> = async ({ userId }, file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return submitImage(platform, checks, { userId, type: ACCOUNT_IMAGE, bytes, at: clock.now(), along: [] });
    };
    return async ({ caller, body: { file, ...account } }) =>
      applyForLevel3(platform, keepProof, caller.user, { ...account, proof: file });
  },
  { form: formParser(readMultipart), secrets: secretsService, buckets: bucketService },
);
