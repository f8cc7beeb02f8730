import { appendFileSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Command } from './run.ts';

const EVENTS = ['open', 'email-confirm', 'confirm', 'cancel'] as const;

const line = z.object({
  transferId: z.int(),
  event: z.enum(EVENTS),
  /** `intent` before the command; what is known after it. */
  knowledge: z.enum(['intent', 'done', 'refused', 'unknown']),
});

/** Writes down at once: what a process wrote stays, however it ends. */
export const writeDown = (file: string, entry: z.input<typeof line>): void => {
  const { transferId, event, knowledge } = entry;
  appendFileSync(file, `${JSON.stringify({ transferId, event, knowledge })}\n`);
};

/** What the killed processes knew: a command without an answer is unknown. The last line may be cut off. */
export const readBack = (file: string): readonly Command[] => {
  const commands = new Map<string, Command>();
  for (const text of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const { transferId, event, knowledge } = line.parse(JSON.parse(text));
    commands.set(`${transferId} ${event}`, {
      transferId,
      event,
      knowledge: knowledge === 'intent' ? 'unknown' : knowledge,
    });
  }
  return [...commands.values()];
};
