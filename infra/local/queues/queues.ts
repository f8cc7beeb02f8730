import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Journal, openJournal } from '../emulators/journal.ts';

const message = z.object({
  messageId: z.string(),
  body: z.string(),
  at: z.number(),
  attributes: z.record(z.string(), z.string()).optional(),
});

/** A line that takes an earlier one away: journals only grow. */
const removal = z.object({ removed: z.string() });

const entry = z.union([message, removal]);

/** A message as it was sent; `at` is in epoch milliseconds. */
export type QueueMessage = Readonly<z.output<typeof message>>;

/** A stand-in of SQS that keeps what it is sent, and delivers to nobody but who looks. */
export interface Queues {
  readonly names: readonly string[];
  /** Answers with the message's id. Throws for a queue that no template has. */
  readonly send: (name: string, body: string, attributes?: QueueMessage['attributes']) => string;
  /** Every message that is there, oldest first; undefined for a queue that no template has. */
  readonly messages: (name: string) => readonly QueueMessage[] | undefined;
  /** Takes a message away, if it is there. */
  readonly remove: (name: string, messageId: string) => void;
}

const present = (entries: readonly z.output<typeof entry>[]): readonly QueueMessage[] => {
  const removed = new Set(entries.flatMap((one) => ('removed' in one ? [one.removed] : [])));
  return entries.flatMap((one) => ('removed' in one || removed.has(one.messageId) ? [] : [one]));
};

/** Opens the queues of the templates; each keeps its messages in a file under `directory`. */
export const openQueues = (names: readonly string[], directory: string, now: () => number): Queues => {
  mkdirSync(directory, { recursive: true });
  const journals = new Map<string, Journal<z.output<typeof entry>>>(
    names.map((name) => [name, openJournal(join(directory, `${name}.jsonl`), entry)]),
  );
  return {
    names,
    send: (name, body, attributes) => {
      const journal = journals.get(name);
      if (journal === undefined) throw new Error(`No queue ${name} in the templates.`);
      const messageId = randomUUID();
      journal.append({ messageId, body, at: now(), ...(attributes && { attributes }) });
      return messageId;
    },
    messages: (name) => {
      const journal = journals.get(name);
      return journal && present(journal.records());
    },
    remove: (name, messageId) => journals.get(name)?.append({ removed: messageId }),
  };
};
