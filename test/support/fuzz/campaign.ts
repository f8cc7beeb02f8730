import { setTimeout as sleep } from 'node:timers/promises';
import { changesState } from '../../../shared/contracts/endpoint.ts';
import type { ApiResponse, TestStack } from '../local-stack.ts';
import type { Documented } from '../registry/documented.ts';
import { inParallel } from '../registry/in-parallel.ts';
import { unexpectedChanges } from './allowed-changes.ts';
import { type Cast, setPrices } from './cast.ts';
import { type Draft, nameOf } from './draft.ts';
import { isAccepted, problemsOf } from './judge.ts';
import { prepare, type Ready, sendReady } from './send.ts';
import type { Stored } from './stored.ts';

/** What mutated requests are sent to, and by whom. */
export interface Arena {
  readonly stack: TestStack;
  readonly stored: Stored;
  readonly cast: Cast;
  /** What the API's descriptions say, that of the staff's for theirs. */
  readonly documentedFor: (draft: Draft) => Documented;
}

/** A request with its answer, judged when it came; no answer where the connection was closed without one. */
interface Answered {
  readonly draft: Draft;
  readonly response: ApiResponse | undefined;
  readonly problems: readonly string[];
}

/** What came of a batch. */
export interface Findings {
  readonly problems: readonly string[];
  /** Statuses of the answers; 0 for none. */
  readonly statuses: readonly number[];
  readonly accepted: number;
}

/** Requests at once: of different endpoints, as a batch goes around them. */
const WIDTH = 10;

/** Sends of one request; between them a limit per second lets go. */
const TRIES = 4;
const LET_GO_MS = 1_100;

/** What functions log of defects; that of a store that was slow comes with answers that are judged. */
const MARKED = /"OUTPUT_INVALID"|"REQUEST_FAILED"(?!.*"error":"TimeoutError")/;

/** Answers that say to come again: the limit per second, and what a busy machine did not do in time. */
const isMomentary = (response: ApiResponse | undefined): boolean =>
  response !== undefined &&
  (response.status === 503 ||
    response.status === 408 ||
    (response.status === 429 && response.headers['retry-after'] === '1'));

/** Sends a request, again while it is told to: what always takes too long is found all the same. */
const answerTo = async ({ stack, cast, documentedFor }: Arena, ready: Ready): Promise<Answered> => {
  const { draft } = ready;
  for (let tries = 1; ; tries += 1) {
    const response = await sendReady(stack, ready, cast);
    if (!isMomentary(response) || tries === TRIES) {
      return { draft, response, problems: problemsOf(draft, response, documentedFor(draft)) };
    }
    await sleep(LET_GO_MS);
  }
};

/** Sends requests at once, and tells what they changed beside counters and logs. */
const compared = async (arena: Arena, drafts: readonly Draft[]) => {
  const readies = await inParallel(drafts, 1, (draft) => prepare(draft, arena.cast));
  const before = await arena.stored.atRest();
  const answered = await inParallel(readies, WIDTH, (ready) => answerTo(arena, ready));
  return { answered, changes: unexpectedChanges(before, await arena.stored.atRest()) };
};

const refusedOf = (answered: readonly Answered[]): readonly Draft[] =>
  answered.flatMap(({ draft, response }) => (isAccepted(response) ? [] : [draft]));

/**
 * What refused requests changed: nothing, or else sentences that name a request and what it changed. Requests that do
 * something when they are sent again are left out; then half by half, until one is left.
 */
const changesBy = async (arena: Arena, drafts: readonly Draft[]): Promise<readonly string[]> => {
  if (drafts.length === 0) return [];
  const { answered, changes } = await compared(arena, drafts);
  if (changes.length === 0) return [];
  const refused = refusedOf(answered);
  if (refused.length < drafts.length) return changesBy(arena, refused);
  const [only] = drafts;
  if (only && drafts.length === 1) return [`${nameOf(only)}: refused, and changed ${changes.join('; ')}`];
  const middle = Math.ceil(drafts.length / 2);
  const found = [
    ...(await changesBy(arena, drafts.slice(0, middle))),
    ...(await changesBy(arena, drafts.slice(middle))),
  ];
  return found.length > 0 ? found : [`one of ${drafts.length} refused requests changed, once: ${changes.join('; ')}`];
};

/** What reads changed, refused or not: nothing, or else sentences. */
const changesByReads = async (arena: Arena, drafts: readonly Draft[]) => {
  const { answered, changes } = await compared(arena, drafts);
  if (changes.length === 0) return { answered, changed: [] };
  const refused = await changesBy(arena, refusedOf(answered));
  return { answered, changed: [`reads changed ${changes.join('; ')}`, ...refused] };
};

/** What writes changed that were refused. The first time they only show which are. */
const changesByWrites = async (arena: Arena, drafts: readonly Draft[]) => {
  const readies = await inParallel(drafts, 1, (draft) => prepare(draft, arena.cast));
  const answered = await inParallel(readies, WIDTH, (ready) => answerTo(arena, ready));
  return { answered, changed: await changesBy(arena, refusedOf(answered)) };
};

/** Another path or method may lead to another endpoint. */
const mayChangeSomething = ({ endpoint, astray }: Draft): boolean => changesState(endpoint) || astray;

/** Sends a batch, judges every answer, and holds what is stored afterwards against what was stored before. */
export const runBatch = async (arena: Arena, drafts: readonly Draft[]): Promise<Findings> => {
  const from = arena.stack.logs().length;
  await setPrices(arena.stack);
  const reads = await changesByReads(
    arena,
    drafts.filter((draft) => !mayChangeSomething(draft)),
  );
  await setPrices(arena.stack);
  const writes = await changesByWrites(arena, drafts.filter(mayChangeSomething));
  const answered = [...reads.answered, ...writes.answered];
  const problems = answered.flatMap((one) => one.problems.map((problem) => `${nameOf(one.draft)}: ${problem}`));
  const logged = arena.stack.logs().slice(from);
  return {
    problems: [...problems, ...reads.changed, ...writes.changed, ...logged.filter((line) => MARKED.test(line))],
    statuses: answered.map(({ response }) => response?.status ?? 0),
    accepted: answered.filter(({ response }) => isAccepted(response)).length,
  };
};
