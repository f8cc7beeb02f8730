import { captchaImage } from '../../shared/contracts/endpoints/auth/captcha-image.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { issueCaptcha } from '../../shared/identity/captcha.ts';

/** `GET /v1/captcha/image` */
export const handler = endpointHandler(
  captchaImage,
  (platform) =>
    async ({ admitted }) =>
      issueCaptcha(platform, admitted),
);
