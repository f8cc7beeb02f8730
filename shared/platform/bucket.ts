import { PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';

/** What a bucket is asked for. */
export interface Bucket {
  /**
   * Puts an object where none is. Does nothing where there is one already, so that it can be done again.
   *
   * @param key under the bucket's prefix.
   */
  create(key: string, object: BucketObject): Promise<void>;
}

export interface BucketObject {
  readonly body: string;
  readonly contentType: string;
}

/** The one call of S3 that is used. */
export interface ObjectClient {
  send(command: PutObjectCommand): Promise<unknown>;
}

/** S3's answer to `If-None-Match: *` where an object of that key is. */
const isThereAlready = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.name === 'PreconditionFailed';

export const createBucket = (client: ObjectClient, name: string): Bucket => ({
  create: async (Key, { body: Body, contentType: ContentType }) => {
    try {
      await client.send(new PutObjectCommand({ Bucket: name, Key, Body, ContentType, IfNoneMatch: '*' }));
    } catch (error) {
      if (!isThereAlready(error)) throw error;
    }
  },
});
