import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Random } from '../platform/random.ts';

/** Who is looked for on the lists: as on the identity card. */
export interface Screened {
  readonly name: string;
  /** YYYY/MM/DD. */
  readonly birthday: string;
}

const answer = z.object({
  match: z.boolean(),
  /** Which edition of its lists the service looked at. */
  listVersion: z.string().check(z.regex(/^[\x21-\x7e]{1,64}$/)),
});

/** `hit`: the name is like one on a list, and somebody has to look; `failed`: the service did not say. */
export interface Finding {
  readonly verdict: 'clear' | 'hit' | 'failed';
  readonly listVersion: string | null;
}

/** Asks whether somebody is on a list of sanctions. Never throws: who could not be looked up is not clear. */
export type Screen = (person: Screened) => Promise<Finding>;

/** Together with the pause below the 28 s of a function, and short enough for who waits. */
const TIMEOUT_MS = 5000;
const TRIES = 3;
const LONGEST_PAUSE_MS = 500;

const FAILED: Finding = { verdict: 'failed', listVersion: null };

/**
 * Asks the service that the stage names (`sanctionsScreening`), by posting `{"name", "birthday"}` as JSON; the answer is
 * 200 with `{"match": boolean, "listVersion": text}`. Anything else, and no answer in 5 s, is tried twice more, with full
 * jitter under half a second, and then counts as `failed`. Where the stage has no service, nobody is looked up.
 *
 * @returns `undefined` where it is `off`.
 */
export const createScreen = (
  service: string,
  { send, random }: { readonly send: typeof fetch; readonly random: Pick<Random, 'int'> },
  timeoutMs = TIMEOUT_MS,
): Screen | undefined => {
  if (service === 'off') return undefined;
  const ask = async ({ name, birthday }: Screened): Promise<Finding> => {
    const response = await send(service, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, birthday }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) return FAILED;
    const { match, listVersion } = answer.parse(await response.json());
    return { verdict: match ? 'hit' : 'clear', listVersion };
  };
  return async (person) => {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (tries > 1) await sleep(random.int(LONGEST_PAUSE_MS));
      // Why it failed is not told: errors of the client may quote what was sent.
      const finding = await ask(person).catch(() => FAILED);
      if (finding.verdict !== 'failed') return finding;
    }
    return FAILED;
  };
};
