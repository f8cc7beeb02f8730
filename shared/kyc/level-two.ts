import { ImageStatus } from '../contracts/enums.ts';
import type { BodyOf, Failure } from '../contracts/endpoint.ts';
import type { applyLevel2 } from '../contracts/endpoints/kyc/apply-level-2.ts';
import type { Platform } from '../platform/platform.ts';
import { transition } from './levels.ts';
import { parseQuestionnaire } from './questionnaire.ts';
import { DOCUMENT_IMAGES, type ImageType, type KycRecord, type KycUser } from './record.ts';
import { changeRecord, getOverview, type ImageStatuses } from './record-store.ts';
import { queueReview } from './review-queue.ts';

type Endpoint = typeof applyLevel2;

/** Whether staff can look at the image: it is there and they have not rejected it. */
const isPresentable = (images: ImageStatuses, type: ImageType): boolean => {
  const status = images.get(type);
  return status === ImageStatus.UPLOADED || status === ImageStatus.ACCEPTED;
};

/** The reasons of before without those of images that are now sent again. */
export const reasonsWithout = (
  { rejectReasons = {} }: KycRecord,
  types: readonly ImageType[],
): KycRecord['rejectReasons'] => {
  const sent = new Set(types.map(String));
  const left = Object.entries(rejectReasons).filter(([type]) => !sent.has(type));
  return left.length > 0 ? Object.fromEntries(left) : undefined;
};

/** Puts the user's documents before staff, with the questionnaire (API 5.5). */
export const applyForLevel2 = async (
  { tables, commit, clock }: Platform<Endpoint['uses']>,
  { userId, username }: KycUser,
  body: BodyOf<Endpoint>,
): Promise<{ readonly ok: true; readonly data: null } | Failure<Endpoint>> => {
  const questionnaire = parseQuestionnaire(body);
  if (!questionnaire) return { ok: false, code: 'QUESTIONNAIRE_INVALID' };
  const { record, images } = await getOverview(tables.kyc, userId);
  const result = transition(record, { by: 'user', event: 'apply-level-2' });
  if (!record || !result.ok) return { ok: false, code: 'ILLEGAL_STATE' };
  if (!DOCUMENT_IMAGES.every((type) => isPresentable(images, type))) return { ok: false, code: 'IMAGE_MISSING' };
  const requestedAt = clock.now();
  const rejectReasons = reasonsWithout(record, DOCUMENT_IMAGES);
  const { committed } = await commit([
    changeRecord(tables.kyc, record, { ...result.next, questionnaire, requestedAt, rejectReasons }),
    queueReview(tables.kyc, { level: 2, userId, username, requestedAt }),
  ]);
  return committed ? { ok: true, data: null } : { ok: false, code: 'KYC_STALE' };
};
