import { staffKycScreening } from '../../shared/contracts/staff/kyc-screening.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { createScreen } from '../../shared/kyc/screening.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';
import { screenAgain } from '../../shared/staff/kyc-screening.ts';

/** `POST /admin/v1/kyc/users/{username}/screening` */
export const handler = endpointHandler(
  staffKycScreening,
  (platform) => {
    const { settings, random } = platform;
    const screen = createScreen(settings.sanctionsScreening, { send: fetch, random });
    return async ({ staff, params, body, locale }) =>
      screenAgain(platform, staff, screen, params.username, { body, locale });
  },
  { secrets: secretsService },
);
