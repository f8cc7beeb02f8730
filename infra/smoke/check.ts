import { TransportError } from '../../shared/client/client.ts';

/** What a check found: how it went, and in few words what was seen. */
export type Outcome =
  | { readonly kind: 'passed'; readonly seen: string }
  | { readonly kind: 'failed'; readonly expected: string; readonly given: string }
  /** It could not be made, and why: what has to be given so that it can. */
  | { readonly kind: 'skipped'; readonly reason: string };

export interface Check<World> {
  readonly name: string;
  /** Gives what was seen. Whatever it throws fails the check. */
  readonly run: (world: World) => Promise<string>;
}

/** Something that answered otherwise than it has to. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly expected: string;
  readonly given: string;

  constructor(expected: string, given: string) {
    super(`expected ${expected}, given ${given}`);
    this.expected = expected;
    this.given = given;
  }
}

/** A check that needs what nobody gave. */
export class NotGiven extends Error {
  override readonly name = 'NotGiven';
}

/** @throws Unexpected unless the condition holds. */
export const expectThat: (holds: boolean, expected: string, given: string) => asserts holds = (
  holds,
  expected,
  given,
) => {
  if (!holds) throw new Unexpected(expected, given);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));

const failureOf = (error: unknown): Outcome => {
  if (error instanceof NotGiven) return { kind: 'skipped', reason: error.message };
  if (error instanceof Unexpected) return { kind: 'failed', expected: error.expected, given: error.given };
  const expected = error instanceof TransportError ? 'an answer of the API' : 'the check to run to its end';
  return { kind: 'failed', expected, given: reasonOf(error) };
};

/** Makes one check. Never throws. */
export const outcomeOf = async <World>(check: Check<World>, world: World): Promise<Outcome> => {
  try {
    return { kind: 'passed', seen: await check.run(world) };
  } catch (error) {
    return failureOf(error);
  }
};
