import type { User } from '../identity/user.ts';
import type { KycImage } from '../kyc/image-item.ts';
import { statusesOf } from '../kyc/image-review.ts';
import { type LevelState, NOT_STARTED } from '../kyc/levels.ts';
import type { AuditedState } from '../contracts/staff/audit-record.ts';

/** What the audit tells of how far a user has come: statuses, and nothing of the person. */
export const auditedLevels = (
  kycLevel: User['kycLevel'],
  { level1, level2, level3 }: Pick<LevelState, 'level1' | 'level2' | 'level3'> = NOT_STARTED,
  images: readonly Pick<KycImage, 'type' | 'status'>[] = [],
): AuditedState => ({
  kycLevel,
  statusLevel1: level1,
  statusLevel2: level2,
  statusLevel3: level3,
  ...(images.length > 0 && { images: statusesOf(images) }),
});
