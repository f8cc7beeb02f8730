import { S3Client } from '@aws-sdk/client-s3';
import { CALL_LIMITS } from './aws-clients.ts';
import { type Bucket, createBucket } from './bucket.ts';

/** How a function that declares `buckets` comes by them: passed by the function, so that no other bundle carries S3. */
export interface BucketService {
  /** Opens buckets by their physical names, over one client. */
  readonly open: () => (name: string) => Partial<Bucket>;
}

/** For functions that only put, get and delete. */
export const bucketService: BucketService = {
  open: () => {
    const client = new S3Client(CALL_LIMITS);
    return (name) => createBucket(client, name);
  },
};
