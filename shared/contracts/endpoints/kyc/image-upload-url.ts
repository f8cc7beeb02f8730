import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { LARGEST_FILE } from '../../file-field.ts';
import { kycImageType } from '../../states.ts';
import { documentType, SAMPLE_IMAGE } from './image-data.ts';

export const imageUploadUrl = defineEndpoint({
  id: 'kyc.image-upload-url',
  chapter: '10.5',
  method: 'POST',
  path: '/v1/kyc/image/upload_url',
  summary: 'Get a form to post a document of exactly that size and type to the storage with, within 10 minutes',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({
    type: kycImageType,
    contentType: documentType,
    /** In bytes. */
    size: z.int().check(z.minimum(1), z.maximum(LARGEST_FILE)),
  }),
  wrongFields: { type: 'INVALID_TYPE', contentType: 'INVALID_FILE', size: 'INVALID_FILE' },
  data: z.object({
    url: z.string(),
    /** To be sent before the file, whose field is called `file`. */
    fields: z.record(z.string(), z.string()),
    /** What image/complete is to be called with. */
    id: z.string(),
    /** Until when the form can be posted, in epoch milliseconds. */
    expiresAt: z.int(),
  }),
  ownCodes: kycCodes,
  codes: ['INVALID_FILE', 'INVALID_TYPE', 'ILLEGAL_STATE'],
  successMessage: 'Success',
  uses: { kyc: ['batchGet', 'put'], buckets: { incoming: ['form'] } },
  example: {
    body: { type: 1, contentType: 'image/jpeg', size: 5_000_000 },
    data: {
      url: 'https://bitgin-prod-documents-123456789012.s3.ap-northeast-1.amazonaws.com/',
      fields: { key: 'incoming/8Q0w…', 'Content-Type': 'image/jpeg', Policy: 'eyJl…', 'X-Amz-Signature': '3f1c…' },
      id: SAMPLE_IMAGE.id,
      expiresAt: 1_617_790_386_791,
    },
  },
});
