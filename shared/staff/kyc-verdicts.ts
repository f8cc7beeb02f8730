import type { BodyOf } from '../contracts/endpoint.ts';
import { ImageStatus } from '../contracts/enums.ts';
import { IMAGES_OF_LEVEL, type staffKycDecision } from '../contracts/staff/kyc-decision.ts';
import type { KycImage } from '../kyc/image-item.ts';
import type { ImageVerdict } from '../kyc/image-review.ts';
import type { KycRecord } from '../kyc/record.ts';

/** What staff decided about a level. */
export type Decision = BodyOf<typeof staffKycDecision>;

/** An image with what becomes of it. */
export interface Judged {
  readonly image: KycImage;
  readonly verdict: ImageVerdict;
}

/** Approving a level accepts every image of it; otherwise those not named stay as they are. */
export const judge = (decision: Decision, images: readonly KycImage[]): readonly Judged[] => {
  const accepted = { status: ImageStatus.ACCEPTED } as const;
  return images.flatMap((image): readonly Judged[] => {
    const { type } = image;
    if (!IMAGES_OF_LEVEL[decision.level].includes(type)) return [];
    const said = decision.decision === 'approve' ? 'approve' : decision.images?.[type];
    if (said === undefined) return [];
    if (said === 'approve') return image.status === ImageStatus.ACCEPTED ? [] : [{ image, verdict: accepted }];
    const reason = decision.reasons?.[type] ?? decision.reason;
    return [{ image, verdict: { status: ImageStatus.RESUBMIT, reason } }];
  });
};

/** The images that are rejected, with why. */
export const rejectionsOf = (judged: readonly Judged[]) =>
  judged.flatMap(({ image: { type }, verdict }) =>
    verdict.status === ImageStatus.RESUBMIT ? [{ type, reason: verdict.reason }] : [],
  );

/** Reasons of images of other levels stay; of this one there are those of this decision. */
export const reasonsAfter = (
  { level }: Decision,
  { rejectReasons = {} }: KycRecord,
  judged: readonly Judged[],
): KycRecord['rejectReasons'] => {
  const decided = new Set(IMAGES_OF_LEVEL[level].map(String));
  const reasons = [
    ...Object.entries(rejectReasons).filter(([type]) => !decided.has(type)),
    ...rejectionsOf(judged).map(({ type, reason }) => [String(type), reason] as const),
  ];
  return reasons.length > 0 ? Object.fromEntries(reasons) : undefined;
};
