import { SendEmailCommand } from '@aws-sdk/client-ses';
import { describeError, type Log } from './logger.ts';

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

export interface Mailer {
  /** Whether the provider took the mail. A refusal is logged without the address. */
  send(mail: Mail): Promise<boolean>;
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

export const createMailer = (client: MailClient, Source: string, log: Log): Mailer => ({
  send: async ({ to, subject, text, html }) => {
    const Message = { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } };
    try {
      await client.send(new SendEmailCommand({ Source, Destination: { ToAddresses: [to] }, Message }));
      return true;
    } catch (error) {
      log('MAIL_NOT_SENT', describeError(error));
      return false;
    }
  },
});
