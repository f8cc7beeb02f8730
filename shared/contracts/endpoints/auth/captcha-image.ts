import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { captchaId } from '../../fields.ts';

export const captchaImage = defineEndpoint({
  id: 'auth.captcha-image',
  chapter: '3.1',
  method: 'GET',
  path: '/v1/captcha/image',
  summary: 'Get a captcha picture, valid for 5 minutes and one use',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  data: z.object({ img: z.base64(), captchaId }),
  codes: [],
  successMessage: 'Success',
  uses: { ephemeral: ['put'] },
  example: { data: { img: '/9j/4AAQSkZJRgABAgAAAQAB', captchaId: '8954095715907911473' } },
});
