import { ImageStatus, type ValueOf } from '../contracts/enums.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { imageKey, type KycImage } from './image-item.ts';

/** What staff make of an image; one that is rejected has a reason. */
export type ImageVerdict =
  | { readonly status: typeof ImageStatus.ACCEPTED }
  | { readonly status: typeof ImageStatus.RESUBMIT; readonly reason: string };

/** Describes the verdict on an image; refused when another was uploaded, or decided on, since it was read. */
export const judgeImage = (
  table: TableWith<'update'>,
  userId: string,
  { type, id, status }: Pick<KycImage, 'type' | 'id' | 'status'>,
  verdict: ImageVerdict,
): Write => {
  const rejected = verdict.status === ImageStatus.RESUBMIT;
  return table.update(imageKey(userId, type), {
    update: rejected ? 'SET #status = :status, #reason = :reason' : 'SET #status = :status REMOVE #reason',
    condition: 'id = :id AND #status = :seen',
    names: { '#status': 'status', '#reason': 'reason' },
    values: { ':status': verdict.status, ':id': id, ':seen': status, ...(rejected && { ':reason': verdict.reason }) },
  });
};

/** Statuses by type, as the audit keeps them. */
export const statusesOf = (
  images: readonly Pick<KycImage, 'type' | 'status'>[],
): { readonly [T in KycImage['type']]?: ValueOf<typeof ImageStatus> } =>
  Object.fromEntries(images.map(({ type, status }) => [type, status]));
