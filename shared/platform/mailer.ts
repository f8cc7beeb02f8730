import { SendEmailCommand } from '@aws-sdk/client-ses';
import { describeError, type Log } from './logger.ts';
import type { LogFields } from './log-messages.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The one call of SES that is used. */
export interface MailClient {
  send(command: SendEmailCommand): Promise<unknown>;
}

/** `refused`: this mail for good, whenever it is sent. `failed`: a later try may pass. */
export type MailOutcome = 'sent' | 'refused' | 'failed';

export interface Mailer {
  /** Sends a mail. What the provider does not take is logged, without the address and with what is said of it. */
  send(mail: Mail, about?: LogFields): Promise<MailOutcome>;
}

/** What SES says of a mail itself: unacceptable contents, an address that can be none. Everything else may pass. */
const REFUSALS: ReadonlySet<string> = new Set(['MessageRejected', 'InvalidParameterValue']);

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** In whose name mails are sent, and what SES counts and suppresses them by. */
export interface MailSender {
  readonly from: string;
  readonly configurationSet: string;
}

export const createMailer = (
  client: MailClient,
  { from: Source, configurationSet: ConfigurationSetName }: MailSender,
  log: Log,
): Mailer => ({
  send: async ({ to, subject, text, html }, about) => {
    const Message = { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } };
    try {
      const Destination = { ToAddresses: [to] };
      await client.send(new SendEmailCommand({ Source, ConfigurationSetName, Destination, Message }));
      return 'sent';
    } catch (error) {
      log('MAIL_NOT_SENT', { ...about, ...describeError(error) });
      return error instanceof Error && REFUSALS.has(error.name) ? 'refused' : 'failed';
    }
  },
});
