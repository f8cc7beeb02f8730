import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { imageComplete } from '../../shared/contracts/endpoints/kyc/image-complete.ts';
import { documentSweeper } from '../../shared/contracts/jobs.ts';
import { imageUploadUrl } from '../../shared/contracts/endpoints/kyc/image-upload-url.ts';
import { image } from '../../shared/contracts/endpoints/kyc/image.ts';
import { completeUpload, startUpload } from '../../shared/kyc/images/presigned.ts';
import { findImage } from '../../shared/kyc/images/image-store.ts';
import { type DocumentChecks, submitImage } from '../../shared/kyc/images/submission.ts';
import { sweepDocuments } from '../../shared/kyc/images/sweep.ts';
import type { ImageType } from '../../shared/kyc/record.ts';
import type { BucketService } from '../../shared/platform/bucket-service.ts';
import { testTable } from './engine.ts';
import type { Identity } from './identity.ts';
import { kycUseCases } from './kyc.ts';
import { testFoundation, testJobFoundation } from './test-platform.ts';

export const BYTES = Buffer.from('a document');

interface BucketState {
  /** What it refuses. */
  failing: string;
  /** What it does, and who asked dies then. */
  dying: string;
  /** What happens right after it was asked to put something. */
  meanwhile: (() => Promise<unknown>) | undefined;
}

/** A bucket in memory. */
const memoryBucket = () => {
  const objects = new Map<string, Uint8Array>();
  const state: BucketState = { failing: '', dying: '', meanwhile: undefined };
  const doing = async <T>(what: string, work: () => T): Promise<T> => {
    if (state.failing === what) throw new Error(`The bucket does not ${what}.`);
    const done = work();
    if (state.dying === what) throw new Error('It died.');
    return Promise.resolve(done);
  };
  const service: BucketService = {
    open: () => () => ({
      put: async (key, { body }) => {
        await doing('put', () => void objects.set(key, body));
        await state.meanwhile?.();
      },
      get: (key) => doing('get', () => objects.get(key)),
      delete: (key) => doing('delete', () => void objects.delete(key)),
      form: (key, _seconds, { contentType }) =>
        doing('form', () => ({ url: 'https://bucket.example', fields: { key, 'Content-Type': contentType } })),
    }),
  };
  return { objects, state, service };
};

/** Takes whatever is no empty text for a picture; `meanwhile` runs while it looks. */
export const checksOf = (clean = true, meanwhile: () => Promise<void> = () => Promise.resolve()): DocumentChecks => ({
  read: async (bytes) => {
    await meanwhile();
    return bytes.length === 0 ? undefined : { contentType: 'image/png', bytes };
  },
  scan: () => Promise.resolve(clean),
});

/** The use cases of documents, of one user, over a test's engine and a bucket in memory. */
export const documentUseCases = async (identity: Identity) => {
  const { someone, ...useCases } = kycUseCases(identity);
  const bucket = memoryBucket();
  const resources = { ...identity.resources, buckets: bucket.service };
  const { userId } = await someone();
  const { platform } = testFoundation(image, resources);
  const completing = testFoundation(imageComplete, resources).platform;
  const send = (type: ImageType, checks = checksOf(), bytes: Uint8Array = BYTES) => {
    resources.clock.advance(1);
    return submitImage(platform, checks, { userId, type, bytes, at: resources.clock.now(), along: [] });
  };
  const start = (type: ImageType = 1, size = BYTES.length) =>
    startUpload(testFoundation(imageUploadUrl, resources).platform, userId, {
      type,
      contentType: 'image/png',
      size,
    });
  const complete = (id: string, checks = checksOf()) => completeUpload(completing, checks, userId, id);
  const stored = (id: string) => findImage(completing.tables.kyc, userId, id);
  /** The sweep of another hour. */
  const sweep = () => {
    resources.clock.advance(3_600_001);
    return sweepDocuments(testJobFoundation(documentSweeper, resources).platform);
  };
  /** A record in the given state, without what states do not depend on. */
  const setLevels = async (levels: Readonly<Record<string, unknown>>) => {
    const state = { submitted: true, level1: 3, level2: 1, level3: 1, accountAccepted: false, ...levels };
    const fields = {
      userId,
      gender: 1,
      nameMask: '',
      identityMask: '',
      name: '',
      birthday: '',
      identityNumber: '',
      identityFingerprint: { version: 1, mac: '' },
      ...state,
    };
    const names = Object.keys(fields);
    await resources.client.send(
      new UpdateCommand({
        TableName: testTable('kyc'),
        Key: { pk: `USER#${userId}`, sk: 'KYC' },
        UpdateExpression: `SET ${names.map((_, index) => `#${index} = :${index}`).join()} ADD version :one`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
        ExpressionAttributeValues: {
          ':one': 1,
          ...Object.fromEntries(Object.values(fields).map((value, index) => [`:${index}`, value])),
        },
      }),
    );
  };
  return { ...useCases, ...bucket, resources, userId, send, start, complete, stored, sweep, setLevels };
};
