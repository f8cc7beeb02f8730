import { setTimeout as sleep } from 'node:timers/promises';
import type { Verifying } from './lookup.ts';

/** Looks that something gets before it is called wrong. */
export const LOOKS = 4;

const FIRST_PAUSE_MS = 25;

/** Waits before the next look: longer each time, and never as long as another one that waits. */
export const pauseBefore = async ({ random }: Pick<Verifying, 'random'>, look: number): Promise<void> => {
  const most = FIRST_PAUSE_MS * 2 ** look;
  await sleep(most / 2 + random.int(most / 2));
};
