import * as z from 'zod/mini';
import { staffCodes } from '../codes/staff.ts';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { KycImageType, type ValueOf } from '../enums.ts';
import { fieldRules } from '../field-rules.ts';
import { sanctionsScreening } from '../settings/sanctions-screening.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';
import { screeningReviewed } from './kyc-screening.ts';

const verdict = z.enum(['approve', 'reject']);

/** A map by image type; no other key is taken. */
const byImageType = <S extends z.ZodMiniType>(value: S) =>
  z.strictObject({
    '1': z.optional(value),
    '2': z.optional(value),
    '3': z.optional(value),
    '4': z.optional(value),
    '5': z.optional(value),
    '6': z.optional(value),
  });

type ImageType = ValueOf<typeof KycImageType>;

const TYPES: readonly ImageType[] = Object.values(KycImageType);

/** The images that each level is decided by. */
export const IMAGES_OF_LEVEL: Readonly<Record<1 | 2 | 3, readonly ImageType[]>> = {
  1: [],
  2: TYPES.filter((type) => type !== KycImageType.BANK_ACCOUNT),
  3: [KycImageType.BANK_ACCOUNT],
};

type Decided = {
  readonly level: 1 | 2 | 3;
  readonly decision: z.output<typeof verdict>;
  readonly images?: { readonly [T in ImageType]?: z.output<typeof verdict> | undefined } | undefined;
  readonly reasons?: { readonly [T in ImageType]?: string | undefined } | undefined;
};

/** The types of images that a decision calls rejected. */
export const rejectedTypes = ({ images = {} }: Pick<Decided, 'images'>): readonly ImageType[] =>
  TYPES.filter((type) => images[type] === 'reject');

/** Only images of the level; some of them rejected exactly where a level that has images is. */
const fits = (body: Decided): boolean => {
  const { level, decision, images = {}, reasons = {} } = body;
  const ofLevel = IMAGES_OF_LEVEL[level];
  const rejected = rejectedTypes(body);
  const named = TYPES.filter((type) => images[type] !== undefined);
  return (
    named.every((type) => ofLevel.includes(type)) &&
    rejected.length > 0 === (decision === 'reject' && ofLevel.length > 0) &&
    TYPES.every((type) => reasons[type] === undefined || rejected.includes(type))
  );
};

/** What is found wrong is found wrong with `images`. */
const images = z.optional(byImageType(verdict)).register(fieldRules, {
  rule: text(
    '僅限該等級的圖片；退件時至少一張為 reject，通過時不得有 reject，reasons 僅限被退的圖片',
    '仅限该等级的图片；退件时至少一张为 reject，通过时不得有 reject，reasons 仅限被退的图片',
    'name images of that level only, at least one to reject when rejecting, none when approving, and reasons only for rejected ones',
  ),
});

const body = z
  .object({
    /** Level 1 is passed by itself; staff can only reopen it, by `reject`. */
    level: z.literal([1, 2, 3]),
    decision: verdict,
    images,
    /** Of single images; of the others `reason` is what the user reads. */
    reasons: z.optional(byImageType(reason)),
    /** The version that was looked at: the decision is refused when the record is another by now. */
    version: z.optional(z.int()),
    screeningReviewed,
    reason,
  })
  .check(z.refine(fits, { path: ['images'] }));

export const staffKycDecision = defineEndpoint({
  id: 'admin.kyc-decision',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/kyc/users/{username}/decision',
  summary:
    'Approve or reject level 2 or 3, image by image, or reopen level 1 by rejecting it; the user is told by mail',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body,
  data: z.null(),
  ownCodes: staffCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'SCREENING_REVIEW', 'UPDATE_FAILED'],
  successMessage: 'Success',
  counts: {
    SUCCESS: {
      by: ['level', 'decision'],
      metrics: {
        '1 reject': 'KycLevel1Reopened',
        '2 approve': 'KycLevel2Approved',
        '2 reject': 'KycLevel2Rejected',
        '3 approve': 'KycLevel3Approved',
        '3 reject': 'KycLevel3Rejected',
      },
    },
  },
  uses: {
    users: ['get', 'update'],
    kyc: ['get', 'query', 'put', 'update', 'delete'],
    secrets: { identity: ['decrypt'], bankAccount: ['decrypt', 'encrypt'] },
    audit: ['append'],
    outbox: ['put'],
    settings: [sanctionsScreening],
  },
  example: {
    params: SAMPLE_USER,
    body: {
      level: 2,
      decision: 'reject',
      images: { 1: 'approve', 2: 'approve', 3: 'reject', 4: 'approve', 5: 'reject' },
      reasons: { 5: 'Older than three months.' },
      reason: 'The face is not to be seen.',
    },
    data: null,
  },
});
