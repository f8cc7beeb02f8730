import * as z from 'zod/mini';
import { ImageStatus, type ValueOf } from '../contracts/enums.ts';
import { imageStatus, kycImageType } from '../contracts/states.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';

const PREFIX = 'IMAGE#';

/** An image of each type, and one to see that there are no more. */
const IMAGES_READ = 7;

const reviewedImage = z.object({
  type: kycImageType,
  /** `<userId>_<epochMillis>`: another for every upload. */
  id: z.string(),
  objectKey: z.string(),
  contentType: z.string(),
  filename: z.string(),
  size: z.int(),
  status: imageStatus,
  /** Epoch milliseconds. */
  uploadedAt: z.int(),
  /** Why staff rejected it. */
  reason: z.optional(z.string()),
});

/** An image as staff see one. */
export type ReviewedImage = z.output<typeof reviewedImage>;

/** The images of a user, in the order of their types. */
export const listImages = async (table: TableWith<'query'>, userId: string): Promise<readonly ReviewedImage[]> => {
  const items = await table.query({ partition: `USER#${userId}`, sortPrefix: PREFIX, limit: IMAGES_READ });
  return z.array(reviewedImage).parse(items);
};

/** What staff make of an image; one that is rejected has a reason. */
export type ImageVerdict =
  | { readonly status: typeof ImageStatus.ACCEPTED }
  | { readonly status: typeof ImageStatus.RESUBMIT; readonly reason: string };

/** Describes the verdict on an image; refused when another was uploaded, or decided on, since it was read. */
export const judgeImage = (
  table: TableWith<'update'>,
  userId: string,
  { type, id, status }: Pick<ReviewedImage, 'type' | 'id' | 'status'>,
  verdict: ImageVerdict,
): Write => {
  const rejected = verdict.status === ImageStatus.RESUBMIT;
  return table.update(
    { pk: `USER#${userId}`, sk: `${PREFIX}${type}` },
    {
      update: rejected ? 'SET #status = :status, #reason = :reason' : 'SET #status = :status REMOVE #reason',
      condition: 'id = :id AND #status = :seen',
      names: { '#status': 'status', '#reason': 'reason' },
      values: { ':status': verdict.status, ':id': id, ':seen': status, ...(rejected && { ':reason': verdict.reason }) },
    },
  );
};

/** Statuses by type, as the audit keeps them. */
export const statusesOf = (
  images: readonly Pick<ReviewedImage, 'type' | 'status'>[],
): { readonly [T in ReviewedImage['type']]?: ValueOf<typeof ImageStatus> } =>
  Object.fromEntries(images.map(({ type, status }) => [type, status]));
