import { staffKycDecision } from '../../shared/contracts/staff/kyc-decision.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { createScreen } from '../../shared/kyc/screening.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';
import { decideKyc } from '../../shared/staff/kyc-decision.ts';

/** `POST /admin/v1/kyc/users/{username}/decision` */
export const handler = endpointHandler(
  staffKycDecision,
  (platform) => {
    const { settings, random } = platform;
    const screen = createScreen(settings.sanctionsScreening, { send: fetch, random });
    return async ({ staff, params, body, locale }) =>
      decideKyc(platform, staff, params.username, body, { screen, locale });
  },
  { secrets: secretsService },
);
