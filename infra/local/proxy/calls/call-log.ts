/** One call to an AWS service; times from a monotonic clock, in milliseconds. */
export interface Call {
  /** Such as `BatchGetItem users`. */
  readonly label: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Collects the calls that belong to one request, by the trace id that the SDK sends with each. */
export interface CallLog {
  /** Begins to collect for a request. Calls of any other trace are let go, so that nothing piles up. */
  readonly open: (traceId: string) => void;
  readonly record: (traceId: string, call: Call) => void;
  /** Ends collecting, and tells what was collected. */
  readonly close: (traceId: string) => readonly Call[];
}

/** Nothing that answers within its time makes more; it bounds what one request can hold on to. */
const MOST_CALLS = 1_000;

export const createCallLog = (): CallLog => {
  const open = new Map<string, Call[]>();
  return {
    open: (traceId) => {
      open.set(traceId, []);
    },
    record: (traceId, call) => {
      const calls = open.get(traceId);
      if (calls && calls.length < MOST_CALLS) calls.push(call);
    },
    close: (traceId) => {
      const calls = open.get(traceId) ?? [];
      open.delete(traceId);
      return calls;
    },
  };
};

/** The longest chain of calls that each began only after the one before had ended. */
export const sequentialCalls = (calls: readonly Call[]): number => {
  let chain = 0;
  let chainEnd = -Infinity;
  for (const { startedAt, endedAt } of [...calls].sort((first, second) => first.endedAt - second.endedAt)) {
    if (startedAt < chainEnd) continue;
    chain += 1;
    chainEnd = endedAt;
  }
  return chain;
};

/** More would make a header that clients refuse. */
const MOST_SHOWN = 50;

const quoted = (text: string): string => `"${text.replaceAll(/[^\w .:/+@-]/g, '')}"`;

const timingOf = (calls: readonly Call[]): string =>
  [
    ...[...calls]
      .sort((first, second) => first.startedAt - second.startedAt)
      .slice(0, MOST_SHOWN)
      .map(({ label, startedAt, endedAt }) => `aws;desc=${quoted(label)};dur=${(endedAt - startedAt).toFixed(1)}`),
    `aws-calls;desc="${calls.length}"`,
    `aws-sequential;desc="${sequentialCalls(calls)}"`,
  ].join(', ');

/** Every answer starts out with it, and many end with it. */
const NO_CALLS = timingOf([]);

/**
 * A `Server-Timing` header: each call with what it did and how long it took (milliseconds), then how many there
 * were and how many in sequence: `aws;desc="GetItem users";dur=2.1, aws-calls;desc="1", aws-sequential;desc="1"`.
 */
export const serverTiming = (calls: readonly Call[]): string => (calls.length === 0 ? NO_CALLS : timingOf(calls));
