import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { CALL_LIMITS } from './aws-clients.ts';
import type { BucketService } from './bucket-service.ts';
import { type Bucket, createBucket } from './bucket.ts';

/** What a bucket signs for others; no call leaves for it. */
const createSigner = (client: S3Client, Bucket: string): Pick<Bucket, 'link' | 'form'> => ({
  link: (Key, expiresIn, { filename, contentType: ResponseContentType }) => {
    const ResponseContentDisposition = `inline; filename="${filename.replaceAll(/[^\w.-]/g, '_')}"`;
    const command = new GetObjectCommand({ Bucket, Key, ResponseContentType, ResponseContentDisposition });
    return getSignedUrl(client, command, { expiresIn });
  },
  form: (Key, Expires, { contentType, bytes }) =>
    createPresignedPost(client, {
      Bucket,
      Key,
      Expires,
      Fields: { 'Content-Type': contentType },
      Conditions: [['content-length-range', bytes, bytes]],
    }),
});

/** For functions that also declare `link` or `form`. */
export const signingBucketService: BucketService = {
  open: () => {
    const client = new S3Client(CALL_LIMITS);
    return (name) => ({ ...createBucket(client, name), ...createSigner(client, name) });
  },
};
