import { basicData } from '../../shared/contracts/endpoints/kyc/basic-data.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { submitBasicData } from '../../shared/kyc/basic-data.ts';
import { fingerprintsService } from '../../shared/platform/fingerprints-service.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/kyc/basic_data` */
export const handler = endpointHandler(
  basicData,
  (platform) =>
    async ({ caller, body, locale }) =>
      submitBasicData(platform, caller.user, body, locale),
  { secrets: secretsService, fingerprints: fingerprintsService },
);
