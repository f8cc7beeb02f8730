import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { HOST, listen } from '../ports.ts';
import { openJournal } from './journal.ts';

const sms = z.object({ to: z.string(), text: z.string(), at: z.number() });

/** A text message; `to` is in E.164, `at` in epoch milliseconds. */
export type Sms = Readonly<z.output<typeof sms>>;

/** A stand-in of SNS that only sends text messages, and keeps them. */
export interface Sns {
  readonly endpoint: string;
  /** Every message so far, oldest first. */
  readonly messages: () => readonly Sms[];
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly xml: string;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS takes 1,600 characters at most in one text message. */
const MESSAGE_LIMIT = 1_600;

const E164 = /^\+[1-9]\d{6,14}$/;

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const failure = (code: string, message: string): Answer => ({
  status: 400,
  xml:
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code>` +
    `<Message>${escape(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

const published = (messageId: string): Answer => ({
  status: 200,
  xml:
    `<PublishResponse xmlns="${NAMESPACE}"><PublishResult><MessageId>${messageId}</MessageId></PublishResult>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
});

/** Answers one call of the query protocol, and hands an accepted message to `keep`. */
export const answerSns = (form: URLSearchParams, now: () => number, keep: (message: Sms) => void): Answer => {
  const action = form.get('Action');
  if (action !== 'Publish')
    return failure('InvalidAction', `The local SNS knows Publish only, not ${action ?? 'nothing'}.`);
  const to = form.get('PhoneNumber');
  const message = form.get('Message');
  if (to === null) return failure('InvalidParameter', 'The local SNS publishes to a PhoneNumber only.');
  if (!E164.test(to))
    return failure('InvalidParameter', `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`);
  if (!message) return failure('InvalidParameter', 'Invalid parameter: Empty message');
  if (message.length > MESSAGE_LIMIT) return failure('InvalidParameter', 'Invalid parameter: Message too long');
  keep({ to, text: message, at: now() });
  return published(randomUUID());
};

/** Starts the stand-in on any free port; messages are kept in `file`. */
export const startSns = async (file: string, now: () => number = Date.now): Promise<Sns> => {
  const journal = openJournal(file, sms);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, xml } = answerSns(new URLSearchParams(await text(request)), now, journal.append);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, 0, 'PORT');
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  return { endpoint: `http://${HOST}:${port}`, messages: journal.records, stop };
};
