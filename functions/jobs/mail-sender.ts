import { mailSender } from '../../shared/contracts/jobs.ts';
import { createMailSecrets } from '../../shared/identity/mail-secrets.ts';
import { createTransferUrl } from '../../shared/ledger/transfer/link.ts';
import { createDelivery } from '../../shared/mail/delivery.ts';
import { ParkedMailError } from '../../shared/mail/parked-mail-error.ts';
import { mailService } from '../../shared/platform/mail-service.ts';
import { streamHandler } from '../../shared/platform/stream-handler.ts';

/** For each mail put into the outbox: sends it. One that can never be sent fails, and so ends in the failure queue. */
export const handler = streamHandler(
  mailSender,
  (platform, { PUBLIC_URL }) => {
    const transferUrl = createTransferUrl(platform, PUBLIC_URL);
    const deliver = createDelivery(platform, { ...createMailSecrets(platform, PUBLIC_URL), transferUrl });
    return async ({ key }) => {
      if ((await deliver(key)) === 'parked') throw new ParkedMailError();
    };
  },
  { mail: mailService },
);
