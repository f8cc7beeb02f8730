import { verifyBasicData } from '../../shared/contracts/endpoints/kyc/verify-basic-data.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { levelSetter } from '../../shared/identity/kyc-level.ts';
import { redeemTextedCode } from '../../shared/identity/text-code.ts';
import { type Account, passLevelOne } from '../../shared/kyc/level-one.ts';
import { fingerprintsService } from '../../shared/platform/fingerprints-service.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/kyc/verify_basic_data` */
export const handler = endpointHandler(
  verifyBasicData,
  (platform) => {
    const account: Account = {
      redeem: (code) => redeemTextedCode(platform, code),
      setLevel: levelSetter(platform.tables.users, platform.settings),
    };
    return async ({ caller, body }) => passLevelOne(platform, account, caller.user, body);
  },
  { secrets: secretsService, fingerprints: fingerprintsService },
);
