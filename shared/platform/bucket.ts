import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';

/** What a bucket is asked for. Every key is under the bucket's prefix. */
export interface Bucket {
  /** Puts an object where none is. Does nothing where there is one already, so that it can be done again. */
  create(key: string, object: BucketObject<string>): Promise<void>;
  put(key: string, object: BucketObject<Uint8Array>): Promise<void>;
  /**
   * The bytes of an object; `undefined` where none is.
   *
   * @throws ObjectTooLargeError before anything of it is read.
   */
  get(key: string, mostBytes: number): Promise<Uint8Array | undefined>;
  /** Does nothing where no object is. */
  delete(key: string): Promise<void>;
  /**
   * An address that an object can be read by without credentials, for that many seconds.
   *
   * @param shown the name that a browser saves it under, and the type that it is served as.
   */
  link(key: string, seconds: number, shown: ShownObject): Promise<string>;
  /** A form that an object of exactly that size and type can be uploaded by without credentials, for that many seconds. */
  form(key: string, seconds: number, object: ExpectedObject): Promise<UploadForm>;
}

export interface BucketObject<B> {
  readonly body: B;
  readonly contentType: string;
}

export interface ShownObject {
  readonly filename: string;
  readonly contentType: string;
}

export interface ExpectedObject {
  readonly contentType: string;
  readonly bytes: number;
}

/** What a browser posts: these fields, and after them the file. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a bucket can do without signing anything for others. */
export type PlainBucket = Pick<Bucket, 'create' | 'put' | 'get' | 'delete'>;

/** The calls of S3 that are used. */
export interface ObjectClient {
  send(command: PutObjectCommand | GetObjectCommand | DeleteObjectCommand): Promise<unknown>;
}

export class ObjectTooLargeError extends Error {
  override readonly name = 'ObjectTooLargeError';
}

interface Readable {
  transformToByteArray(): Promise<Uint8Array>;
}

const received = z.looseObject({
  Body: z.custom<Readable>((body) => typeof body === 'object' && body !== null && 'transformToByteArray' in body),
  ContentLength: z.number(),
});

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof S3ServiceException && names.includes(error.name);

/** S3 answers who may not list a bucket with AccessDenied where no object is. */
const ABSENT = ['NoSuchKey', 'NotFound', 'AccessDenied'] as const;

export const createBucket = (client: ObjectClient, Bucket: string): PlainBucket => ({
  create: async (Key, { body: Body, contentType: ContentType }) => {
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, IfNoneMatch: '*' }));
    } catch (error) {
      // S3's answer to `If-None-Match: *` where an object of that key is.
      if (!isNamed(error, 'PreconditionFailed')) throw error;
    }
  },
  put: async (Key, { body: Body, contentType: ContentType }) => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
  },
  get: async (Key, mostBytes) => {
    try {
      const { Body, ContentLength } = received.parse(await client.send(new GetObjectCommand({ Bucket, Key })));
      if (ContentLength > mostBytes) throw new ObjectTooLargeError(`The object has ${ContentLength} bytes.`);
      return await Body.transformToByteArray();
    } catch (error) {
      if (isNamed(error, ...ABSENT)) return undefined;
      throw error;
    }
  },
  delete: async (Key) => {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
