import { freeze } from '../../shared/contracts/endpoints/account/freeze.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { layOutPage, pageSupport } from '../../shared/http/page.ts';
import { FREEZE_DONE } from '../../shared/identity/freeze-wording.ts';
import { freezeAccount } from '../../shared/identity/freeze.ts';

/** `POST /v1/user/freeze` */
export const handler = endpointHandler(
  freeze,
  (platform) =>
    async ({ query, locale, admitted }) => {
      const frozen = await freezeAccount(platform, query.code, { locale, admitted });
      if (frozen.ok) return { ok: true, data: layOutPage(locale, FREEZE_DONE[locale]) };
      return frozen;
    },
  { page: pageSupport },
);
