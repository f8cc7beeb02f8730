import { mailSweeper } from '../../shared/contracts/jobs.ts';
import { createMailSecrets } from '../../shared/identity/mail-secrets.ts';
import { createTransferUrl } from '../../shared/ledger/transfer/link.ts';
import { createDelivery } from '../../shared/mail/delivery.ts';
import { sweepOutbox } from '../../shared/mail/sweep.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';
import { mailService } from '../../shared/platform/mail-service.ts';

/** Every minute: mails that the stream lost, and those whose pause after a failure is over. */
export const handler = jobHandler(
  mailSweeper,
  (platform, { PUBLIC_URL }) => {
    const transferUrl = createTransferUrl(platform, PUBLIC_URL);
    const deliver = createDelivery(platform, { ...createMailSecrets(platform, PUBLIC_URL), transferUrl });
    return () => sweepOutbox(platform, deliver);
  },
  { mail: mailService },
);
