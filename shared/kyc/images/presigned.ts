import type { BodyOf, DataOf, Failure } from '../../contracts/endpoint.ts';
import type { imageComplete } from '../../contracts/endpoints/kyc/image-complete.ts';
import type { imageUploadUrl } from '../../contracts/endpoints/kyc/image-upload-url.ts';
import { LARGEST_FILE } from '../../contracts/file-field.ts';
import type { Platform } from '../../platform/platform.ts';
import { findImage, seeImage } from './image-store.ts';
import { dropObject, newObjectKey } from './storage.ts';
import { type DocumentChecks, mayUpload, type SubmissionResult, submitImage } from './submission.ts';
import { endUpload, findUpload, putUpload, type Upload } from './upload-store.ts';

/** How long a form can be posted. */
const FORM_SECONDS = 600;

/** How long what was posted can be completed, from when the form was handed out. */
const COMPLETION_MS = 3_600_000;

type Start = typeof imageUploadUrl;
type End = typeof imageComplete;
type Result<E extends Start | End> = { readonly ok: true; readonly data: DataOf<E> } | Failure<E>;

/** Hands out a form by which a document can be posted past the gateway, whose limit it would go over (API 10.5). */
export const startUpload = async (
  { tables, buckets, random, clock, commit }: Platform<Start['uses']>,
  userId: string,
  { type, contentType, size }: BodyOf<Start>,
): Promise<Result<Start>> => {
  const seen = await seeImage(tables.kyc, userId, type);
  if (!mayUpload(seen, type)) return { ok: false, code: 'ILLEGAL_STATE' };
  const startedAt = clock.now();
  const id = `${userId}_${startedAt}`;
  const objectKey = newObjectKey('incoming', random);
  const completeBy = startedAt + COMPLETION_MS;
  const form = await buckets.incoming.form(objectKey, FORM_SECONDS, { contentType, bytes: size });
  await commit([putUpload(tables.kyc, userId, { type, id, startedAt, objectKey, size, completeBy })]);
  return { ok: true, data: { ...form, id, expiresAt: startedAt + FORM_SECONDS * 1000 } };
};

/** Looks at what was posted, and takes it as `submitImage` does. What is refused can be posted and completed again. */
const finish = async (
  platform: Platform<End['uses']>,
  checks: DocumentChecks,
  userId: string,
  upload: Upload,
): Promise<SubmissionResult> => {
  const { tables, buckets, log } = platform;
  const { type, objectKey, size, startedAt: at } = upload;
  const bytes = await buckets.incoming.get(objectKey, LARGEST_FILE);
  if (bytes?.length !== size) return { ok: false, code: 'INVALID_FILE' };
  const along = [endUpload(tables.kyc, userId, upload)];
  const result = await submitImage(platform, checks, { userId, type, bytes, at, along });
  await dropObject(buckets.incoming, objectKey, log);
  return result;
};

/** Takes a document that was posted by a form; asked again after that, it answers the same again (API 10.5). */
export const completeUpload = async (
  platform: Platform<End['uses']>,
  checks: DocumentChecks,
  userId: string,
  id: string,
): Promise<Result<End>> => {
  const { tables, clock } = platform;
  const upload = await findUpload(tables.kyc, userId, id, clock.now());
  const result = upload && (await finish(platform, checks, userId, upload));
  if (result?.ok) return result;
  const taken = await findImage(tables.kyc, userId, id);
  if (!taken) return result ?? { ok: false, code: 'NOT_FOUND' };
  const { contentType, filename, size } = taken;
  return { ok: true, data: { contentType, filename, id, size } };
};
