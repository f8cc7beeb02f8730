import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { fileField } from '../../file-field.ts';
import { documentScanner } from '../../settings/document-scanner.ts';
import { kycImageType } from '../../states.ts';
import { DOCUMENT_MEMORY_MB, imageData, SAMPLE_IMAGE } from './image-data.ts';

/** Fields of a form are text. */
const imageTypeText = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^[1-6]$/)),
    z.transform((digit: string) => Number(digit)),
  ),
  kycImageType,
);

export const image = defineEndpoint({
  id: 'kyc.image',
  chapter: '5.4',
  method: 'POST',
  path: '/v1/kyc/image',
  summary: 'Upload a document: jpg, png or pdf by content, up to about 4.4 MB; larger ones take image/upload_url',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  bodyType: 'multipart',
  body: z.object({ file: fileField, type: imageTypeText }),
  wrongFields: { file: 'INVALID_FILE', type: 'INVALID_TYPE' },
  data: imageData,
  ownCodes: kycCodes,
  codes: ['INVALID_FILE', 'INVALID_TYPE', 'ILLEGAL_STATE', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: {
    kyc: ['batchGet', 'put', 'check', 'delete'],
    buckets: { documents: ['put'] },
    settings: [documentScanner],
  },
  memoryMb: DOCUMENT_MEMORY_MB,
  native: ['sharp'],
  example: { body: { file: 'the bytes of the file', type: '1' }, data: SAMPLE_IMAGE },
});
