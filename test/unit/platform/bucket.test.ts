import { S3ServiceException, type PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createBucket } from '../../../shared/platform/bucket.ts';

const failing = (name: string) => ({
  send: () => Promise.reject(new S3ServiceException({ name, $fault: 'client', $metadata: {} })),
});

const OBJECT = { body: '{}', contentType: 'application/json' };

describe('a bucket', () => {
  it('creates an object on the condition that there is none', async () => {
    const sent: PutObjectCommand[] = [];
    const client = {
      send: (command: PutObjectCommand) => {
        sent.push(command);
        return Promise.resolve();
      },
    };
    await createBucket(client, 'archive').create('audit/1.json', OBJECT);
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
});
