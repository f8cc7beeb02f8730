import type { EndpointEvent, RequestState } from './request.ts';

/** Whom the token names, which nobody has confirmed yet, and the query as it was sent, which nobody has validated. */
export interface BesideRead {
  readonly userId: string;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads for the handler what belongs to the user, in the same round trip as the session. Whatever comes of it is
 * discarded where the caller or the request is refused, so it must change nothing and cost little.
 */
export type ReadBeside<T> = (read: BesideRead) => Promise<T>;

/** Starts what is read beside the session, for a user that a token names. */
export type StartBeside = (event: EndpointEvent, state: RequestState, userId: string) => void;

/** A reading that has begun. Whoever needs it gets its failure; until then it is nobody's unhandled one. */
export const begin = <T>(state: RequestState, read: () => Promise<T>): Promise<T> => {
  const reading = Promise.resolve().then(read);
  state.background.push(reading.catch(() => undefined));
  return reading;
};
