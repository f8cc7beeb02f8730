import { S3Client } from '@aws-sdk/client-s3';
import { CALL_LIMITS } from './aws-clients.ts';
import { createBucket, type ObjectClient } from './bucket.ts';

/** How a function that declares `buckets` comes by them: passed by the function, so that no other bundle carries S3. */
export const bucketService = {
  objectClient: (): ObjectClient => new S3Client(CALL_LIMITS),
  createBucket,
};
