import type { DataOf } from '../../contracts/endpoint.ts';
import type { image } from '../../contracts/endpoints/kyc/image.ts';
import type { BucketWith, Core, TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import { transition } from '../levels.ts';
import { ACCOUNT_IMAGE, type ImageType } from '../record.ts';
import { type DocumentType, EXTENSIONS, type ReadDocument } from './document.ts';
import { type NewImage, putImage, recordIsStill, seeImage, type Seen } from './image-store.ts';
import type { ScanDocument } from './scanner.ts';
import { newObjectKey } from './storage.ts';
import { putUnreferenced, refer, type Unreferenced } from './unreferenced-store.ts';

type Endpoint = typeof image;

/** What taking a document needs, whichever endpoint it comes by. */
export type ImagePlatform = Pick<Core, 'random' | 'clock' | 'commit'> & {
  readonly tables: { readonly kyc: TableWith<'batchGet' | 'put' | 'check' | 'delete'> };
  readonly buckets: { readonly documents: BucketWith<'put'> };
};

/** What looks at documents; it is not part of every bundle, so functions hand it in. */
export interface DocumentChecks {
  readonly read: ReadDocument;
  readonly scan: ScanDocument;
}

/** A document that a user sends, and what it is to be known by. */
export interface Submission {
  readonly userId: string;
  readonly type: ImageType;
  readonly bytes: Uint8Array;
  /** Epoch milliseconds: the second half of the image's id. */
  readonly at: number;
  /** What is to be written in the same transaction. */
  readonly along: readonly Write[];
}

export type SubmissionResult =
  | { readonly ok: true; readonly data: DataOf<Endpoint> }
  | { readonly ok: false; readonly code: 'INVALID_FILE' | 'ILLEGAL_STATE' | 'UPDATE_FAILED' };

/** How often an upload that was overtaken by another, or by a change of the record, looks again. */
const ATTEMPTS = 3;

/** Whether the user may send an image of that type now (API 5.4). */
export const mayUpload = ({ record }: Pick<Seen, 'record'>, type: ImageType): boolean =>
  transition(record, { by: 'user', event: type === ACCOUNT_IMAGE ? 'upload-account-proof' : 'upload-document' }).ok;

/** A document that lies in the bucket and that no image refers to yet. */
export interface StoredDocument extends Unreferenced {
  readonly contentType: DocumentType;
}

/** Looks at a document and stores it written anew; `undefined` for one that cannot be accepted. */
export const storeDocument = async (
  { tables, buckets, random, clock, commit }: ImagePlatform,
  { read, scan }: DocumentChecks,
  bytes: Uint8Array,
): Promise<StoredDocument | undefined> => {
  const document = await read(bytes);
  if (!document || !(await scan(bytes))) return undefined;
  const { contentType, bytes: body } = document;
  const object = { objectKey: newObjectKey('documents', random), since: clock.now() };
  await commit([putUnreferenced(tables.kyc, object)]);
  await buckets.documents.put(object.objectKey, { body, contentType });
  return { ...object, contentType };
};

/** What is known of a stored document as a user's image. */
export const describeImage = (
  { userId, type, bytes, at }: Omit<Submission, 'along'>,
  { contentType, objectKey }: Pick<StoredDocument, 'contentType' | 'objectKey'>,
): NewImage => ({
  type,
  id: `${userId}_${at}`,
  objectKey,
  contentType,
  filename: `${at}.${EXTENSIONS[contentType]}`,
  size: bytes.length,
  uploadedAt: at,
});

/** Enters a stored document as the user's image; the one that it takes the place of is left to the sweep. */
const enter = async (
  { tables, clock, commit }: ImagePlatform,
  submission: Submission,
  stored: StoredDocument,
  first: Seen,
): Promise<SubmissionResult> => {
  const { userId, type, along } = submission;
  const entry = describeImage(submission, stored);
  const { contentType, filename, id, size } = entry;
  let seen = first;
  for (let attempt = 0; attempt < ATTEMPTS && mayUpload(seen, type); attempt += 1) {
    const replaced = seen.image ? [{ objectKey: seen.image.objectKey, since: clock.now() }] : [];
    const { committed } = await commit([
      putImage(tables.kyc, userId, entry, seen.image),
      recordIsStill(tables.kyc, userId, seen.record),
      refer(tables.kyc, stored),
      ...replaced.map((object) => putUnreferenced(tables.kyc, object)),
      ...along,
    ]);
    if (committed) return { ok: true, data: { contentType, filename, id, size } };
    seen = await seeImage(tables.kyc, userId, type);
  }
  return { ok: false, code: mayUpload(seen, type) ? 'UPDATE_FAILED' : 'ILLEGAL_STATE' };
};

/** Takes a document: looks at it, stores it, and enters it in place of an older one (API 5.4). */
export const submitImage = async (
  platform: ImagePlatform,
  checks: DocumentChecks,
  submission: Submission,
): Promise<SubmissionResult> => {
  const { userId, type, bytes } = submission;
  const seen = await seeImage(platform.tables.kyc, userId, type);
  if (!mayUpload(seen, type)) return { ok: false, code: 'ILLEGAL_STATE' };
  const stored = await storeDocument(platform, checks, bytes);
  return stored ? enter(platform, submission, stored, seen) : { ok: false, code: 'INVALID_FILE' };
};
