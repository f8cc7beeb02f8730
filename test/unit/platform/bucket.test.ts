import { DeleteObjectCommand, GetObjectCommand, type PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createBucket, type ObjectClient } from '../../../shared/platform/bucket.ts';
import { bucketService } from '../../../shared/platform/bucket-service.ts';
import { requireDeclared } from '../../../shared/platform/services.ts';

const failing = (name: string): ObjectClient => ({
  send: () => Promise.reject(new S3ServiceException({ name, $fault: 'client', $metadata: {} })),
});

const OBJECT = { body: '{}', contentType: 'application/json' };

const recording = (answer?: unknown) => {
  const sent: (PutObjectCommand | GetObjectCommand | DeleteObjectCommand)[] = [];
  const send: ObjectClient['send'] = (command) => {
    sent.push(command);
    return Promise.resolve(answer);
  };
  return { sent, bucket: createBucket({ send }, 'archive') };
};

const holding = (text: string, ContentLength = text.length) =>
  recording({ ContentLength, Body: { transformToByteArray: () => Promise.resolve(Buffer.from(text)) } });

describe('a bucket', () => {
  it('creates an object on the condition that there is none', async () => {
    const { sent, bucket } = recording();
    await bucket.create('audit/1.json', OBJECT);
    expect(sent.map(({ input }) => input)).toEqual([
      { Bucket: 'archive', Key: 'audit/1.json', Body: '{}', ContentType: 'application/json', IfNoneMatch: '*' },
    ]);
  });

  it('leaves one that is there as it is', async () => {
    await expect(createBucket(failing('PreconditionFailed'), 'archive').create('a', OBJECT)).resolves.toBeUndefined();
  });

  it.each(['ConditionalRequestConflict', 'AccessDenied', 'SlowDown'])('tells of %s', async (name) => {
    await expect(createBucket(failing(name), 'archive').create('a', OBJECT)).rejects.toMatchObject({ name });
  });

  it('puts and deletes without a condition', async () => {
    const { sent, bucket } = recording();
    await bucket.put('a', { body: Buffer.from('x'), contentType: 'image/png' });
    await bucket.delete('a');
    expect(sent.map(({ input }) => input)).toEqual([
      { Bucket: 'archive', Key: 'a', Body: Buffer.from('x'), ContentType: 'image/png' },
      { Bucket: 'archive', Key: 'a' },
    ]);
    expect(sent[1]).toBeInstanceOf(DeleteObjectCommand);
  });

  it('gets an object, unless it is too large', async () => {
    const { sent, bucket } = holding('text');
    expect(Buffer.from((await bucket.get('a', 4)) ?? []).toString()).toBe('text');
    expect(sent[0]).toBeInstanceOf(GetObjectCommand);
    await expect(bucket.get('a', 3)).rejects.toMatchObject({ name: 'ObjectTooLargeError' });
  });

  it.each(['NoSuchKey', 'AccessDenied'])('gets nothing where S3 says %s', async (name) => {
    await expect(createBucket(failing(name), 'archive').get('a', 1)).resolves.toBeUndefined();
  });

  it('tells of other failures to get', async () => {
    await expect(createBucket(failing('SlowDown'), 'archive').get('a', 1)).rejects.toMatchObject({ name: 'SlowDown' });
  });
});

describe('the service of buckets', () => {
  it('opens buckets that sign nothing', () => {
    expect(Object.keys(bucketService.open()('archive')).toSorted()).toEqual(['create', 'delete', 'get', 'put']);
  });

  it('is handed in where it is declared', () => {
    const uses = { buckets: { documents: ['put'] } } as const;
    expect(() => requireDeclared('a.b', uses, {})).toThrow('differ in buckets');
    expect(() => requireDeclared('a.b', uses, { buckets: bucketService })).not.toThrow();
  });
});
