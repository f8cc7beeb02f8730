import { SESClient } from '@aws-sdk/client-ses';
import { CALL_LIMITS } from './aws-clients.ts';
import { createMailer, type MailClient } from './mailer.ts';

/** How an endpoint that declares `mail: 'send'` comes by it: passed by its function, so that no other bundle carries SES. */
export const mailService = {
  mailClient: (): MailClient => new SESClient(CALL_LIMITS),
  createMailer,
};
