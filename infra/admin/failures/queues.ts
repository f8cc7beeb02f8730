import * as z from 'zod/mini';
import type { Aws } from './aws.ts';

/** A message of a failure queue, hidden from others until it is released or deleted. */
export interface FailureMessage {
  readonly id: string;
  /** When it was sent, in epoch milliseconds. */
  readonly sentAt: number;
  readonly body: string;
  /** What EventBridge says of an event that it could not hand over. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What SQS wants to hear to release or delete it. */
  readonly handle: string;
}

/** More than anybody looks at in one go; the rest comes in the next. */
export const MOST_MESSAGES = 100;

/** How long a message is hidden: longer than all that is done with one takes. */
const HIDDEN_SECONDS = 120;

/** What SQS gives at once, at most. */
const PAGE = 10;

const received = z.object({
  Messages: z.optional(
    z.array(
      z.object({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        Attributes: z.optional(z.object({ SentTimestamp: z.optional(z.string()) })),
        MessageAttributes: z.optional(z.record(z.string(), z.object({ StringValue: z.optional(z.string()) }))),
      }),
    ),
  ),
});

const located = z.object({ QueueUrl: z.string() });

/** One queue, spoken to in SQS's own JSON protocol. */
export const openQueue = async (aws: Aws, name: string) => {
  const ask = async (action: string, input: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
    const { text } = await aws.call({ service: 'sqs', path: '/', headers, body: JSON.stringify(input) });
    return text === '' ? {} : JSON.parse(text);
  };
  const { QueueUrl } = located.parse(await ask('GetQueueUrl', { QueueName: name }));

  const page = async (): Promise<readonly FailureMessage[]> => {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: PAGE,
      VisibilityTimeout: HIDDEN_SECONDS,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    };
    const { Messages = [] } = received.parse(await ask('ReceiveMessage', input));
    return Messages.map(({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }) => ({
      id: MessageId,
      sentAt: Number(Attributes?.SentTimestamp ?? 0),
      body: Body,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([key, { StringValue = '' }]) => [key, StringValue]),
      ),
      handle: ReceiptHandle,
    }));
  };

  return {
    /** Takes what is there, up to the bound; all of it is hidden from others by that. */
    take: async (): Promise<readonly FailureMessage[]> => {
      const taken = new Map<string, FailureMessage>();
      for (let pages = 0; pages < MOST_MESSAGES / PAGE; pages += 1) {
        const messages = await page();
        for (const message of messages) taken.set(message.id, message);
        if (messages.length === 0) break;
      }
      return [...taken.values()].sort((one, other) => one.sentAt - other.sentAt);
    },
    /** Lets others see it again. */
    release: async ({ handle }: FailureMessage): Promise<void> => {
      await ask('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: handle, VisibilityTimeout: 0 });
    },
    remove: async ({ handle }: FailureMessage): Promise<void> => {
      await ask('DeleteMessage', { QueueUrl, ReceiptHandle: handle });
    },
  };
};

export type FailureQueue = Awaited<ReturnType<typeof openQueue>>;
