import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { documentScanner } from '../../settings/document-scanner.ts';
import { DOCUMENT_MEMORY_MB, imageData, SAMPLE_IMAGE } from './image-data.ts';

export const imageComplete = defineEndpoint({
  id: 'kyc.image-complete',
  chapter: '10.5',
  method: 'POST',
  path: '/v1/kyc/image/complete',
  summary: 'Have a document looked at that was posted to the storage; it counts as uploaded after that',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({ id: z.string().check(z.regex(/^[0-9a-f]{32}_\d{13}$/)) }),
  data: imageData,
  ownCodes: kycCodes,
  codes: ['INVALID_FILE', 'ILLEGAL_STATE', 'UPDATE_FAILED', 'NOT_FOUND'],
  successMessage: 'Success',
  uses: {
    kyc: ['query', 'batchGet', 'put', 'check', 'delete'],
    buckets: { incoming: ['get', 'delete'], documents: ['put'] },
    settings: [documentScanner],
  },
  memoryMb: DOCUMENT_MEMORY_MB,
  native: ['sharp'],
  example: { body: { id: SAMPLE_IMAGE.id }, data: SAMPLE_IMAGE },
});
