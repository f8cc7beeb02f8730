import * as z from 'zod';
import { HOST } from '../ports.ts';
import { type EmulatorThread, startEmulatorThread } from './emulator-thread.ts';
import { openJournal } from './journal.ts';

/** A mail as `GET /_local/outbox` shows it; `at` is in epoch milliseconds. */
export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly at: number;
}

/** An SES that keeps what it is given. Its endpoint opened in a browser is the inbox page. */
export interface Ses extends Pick<EmulatorThread, 'endpoint' | 'ended' | 'stop'> {
  /** Every mail so far, oldest first. */
  readonly emails: () => readonly Email[];
}

/** What the emulator keeps of a mail; fields beyond these are kept for its inbox page. */
const mail = z.looseObject({
  destination: z.object({ to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()) }),
  subject: z.string(),
  body: z.object({ text: z.string().optional(), html: z.string().optional() }),
});

const sent = z.object({ mail, at: z.number() });
const report = z.object({ type: z.literal('mail'), mail });

const emailOf = ({ mail: { destination, subject, body }, at }: z.output<typeof sent>): Email => ({
  to: [...destination.to, ...destination.cc, ...destination.bcc].join(', '),
  subject,
  text: body.text ?? null,
  html: body.html ?? null,
  at,
});

/** Starts aws-ses-v2-local (v1 and v2 of the API) on any free port; mails are kept in `file`. */
export const startSes = async (file: string, now: () => number = Date.now): Promise<Ses> => {
  const journal = openJournal(file, sent);
  const emails = journal.records().map(({ mail: kept }) => kept);
  const thread = await startEmulatorThread(new URL('ses-thread.mjs', import.meta.url), { host: HOST, emails });
  thread.onMessage((message) => {
    const reported = report.safeParse(message);
    if (reported.success) journal.append({ mail: reported.data.mail, at: now() });
  });
  return {
    endpoint: thread.endpoint,
    ended: thread.ended,
    stop: thread.stop,
    emails: () => journal.records().map(emailOf),
  };
};
