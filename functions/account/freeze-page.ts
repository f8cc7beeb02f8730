import { freezePage } from '../../shared/contracts/endpoints/account/freeze-page.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { layOutPage, pageSupport } from '../../shared/http/page.ts';
import { FREEZE_QUESTION } from '../../shared/identity/freeze-wording.ts';

/** `GET /v1/user/freeze`: reads nothing and changes nothing, since mail scanners fetch it too. */
export const handler = endpointHandler(
  freezePage,
  () =>
    ({ locale }) => ({ ok: true, data: layOutPage(locale, FREEZE_QUESTION[locale]) }),
  { page: pageSupport },
);
