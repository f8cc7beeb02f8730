import * as z from 'zod/mini';
import { phoneCodes } from '../../codes/phone.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { phoneField } from '../../fields.ts';

export const checkMobile = defineEndpoint({
  id: 'kyc.check-mobile',
  chapter: '5.2',
  method: 'POST',
  path: '/v1/kyc/check_mobile',
  summary: 'Tell whether a mobile number is real and free',
  auth: 'optional',
  apiKey: false,
  rate: 'address',
  body: z.object({ mobilePhone: phoneField }),
  data: z.null(),
  ownCodes: phoneCodes,
  codes: ['PHONE_TAKEN', 'PHONE_INVALID'],
  successMessage: 'Success',
  uses: { kyc: ['get'], fingerprints: { mobilePhone: ['mac'] } },
  example: { body: { mobilePhone: '0912345678' }, data: null },
});
