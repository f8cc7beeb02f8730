import { auditArchive } from '../../shared/contracts/jobs.ts';
import { bucketService } from '../../shared/platform/bucket-service.ts';
import { streamHandler } from '../../shared/platform/stream-handler.ts';
import { archiveRecord } from '../../shared/staff/audit-archive.ts';

/** For each record appended to the audit: a copy in the archive. */
export const handler = streamHandler(
  auditArchive,
  ({ buckets }) =>
    (change) =>
      archiveRecord(buckets.auditArchive, change),
  { buckets: bucketService },
);
