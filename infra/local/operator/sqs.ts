import * as z from 'zod';
import type { Queues } from '../queues/queues.ts';
import { type OperatorAnswer, json, refused } from './answer.ts';

const SECOND_MS = 1_000;

const byName = z.object({ QueueName: z.string() });
const receiving = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().default(30),
});
const handled = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const stringAttribute = z.object({ StringValue: z.string() });
const sending = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string(),
  MessageAttributes: z.record(z.string(), stringAttribute).default({}),
});
const hiding = handled.extend({ VisibilityTimeout: z.int() });

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const missing = (): OperatorAnswer => refused('QueueDoesNotExist', 'The specified queue does not exist.');

/**
 * Answers what operators ask of SQS, in its JSON protocol: queues as the templates have them. A receipt handle is the
 * message's id; who has taken a message hides it from others for as long as was asked.
 */
export const createSqs = (
  { messages, remove, send }: Pick<Queues, 'messages' | 'remove' | 'send'>,
  now: () => number,
) => {
  const hiddenUntil = new Map<string, number>();
  const actions: Readonly<Record<string, (input: unknown) => OperatorAnswer>> = {
    GetQueueUrl: (input) => {
      const { QueueName } = byName.parse(input);
      return messages(QueueName) ? json({ QueueUrl: `https://sqs.local/${QueueName}` }) : missing();
    },
    SendMessage: (input) => {
      const { QueueUrl, MessageBody, MessageAttributes } = sending.parse(input);
      if (!messages(nameOf(QueueUrl))) return missing();
      const attributes: Readonly<Record<string, string>> = Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue] as const),
      );
      return json({ MessageId: send(nameOf(QueueUrl), MessageBody, attributes) });
    },
    ReceiveMessage: (input) => {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = receiving.parse(input);
      const there = messages(nameOf(QueueUrl));
      if (!there) return missing();
      const at = now();
      const seen = there
        .filter(({ messageId }) => (hiddenUntil.get(messageId) ?? 0) <= at)
        .slice(0, MaxNumberOfMessages);
      for (const { messageId } of seen) hiddenUntil.set(messageId, at + VisibilityTimeout * SECOND_MS);
      const Messages = seen.map(({ messageId, body, at: sentAt, attributes = {} }) => ({
        MessageId: messageId,
        ReceiptHandle: messageId,
        Body: body,
        Attributes: { SentTimestamp: String(sentAt) },
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        ),
      }));
      return json(Messages.length > 0 ? { Messages } : {});
    },
    ChangeMessageVisibility: (input) => {
      const { ReceiptHandle, VisibilityTimeout } = hiding.parse(input);
      hiddenUntil.set(ReceiptHandle, now() + VisibilityTimeout * SECOND_MS);
      return json({});
    },
    DeleteMessage: (input) => {
      const { QueueUrl, ReceiptHandle } = handled.parse(input);
      remove(nameOf(QueueUrl), ReceiptHandle);
      return json({});
    },
  };
  return (action: string, input: unknown): OperatorAnswer =>
    actions[action]?.(input) ?? refused('InvalidAction', `The local stack knows no ${action} of SQS.`);
};
