import type { WireCall } from './wire-call.ts';

/** The items that transactions hold just now: DynamoDB cancels what touches one of them, where the local engine waits. */
export interface InFlight {
  /** The items of a call that a transaction under way holds. */
  readonly heldFrom: (call: WireCall) => ReadonlySet<string>;
  /** Whether a transaction of the same token is under way. */
  readonly isUnderWay: (call: WireCall) => boolean;
  /** Takes the items of a transaction; gives back how to let go of them. */
  readonly hold: (call: WireCall) => () => void;
  /** How many transactions were under way at once at the most. */
  readonly peak: () => number;
}

export const createInFlight = (): InFlight => {
  const items = new Set<string>();
  const tokens = new Set<string>();
  let [underWay, peak] = [0, 0];
  return {
    heldFrom: ({ touched }) => new Set(touched.map(({ name }) => name).filter((name) => items.has(name))),
    isUnderWay: ({ token }) => token !== undefined && tokens.has(token),
    hold: ({ touched, token = '' }) => {
      for (const { name } of touched) items.add(name);
      tokens.add(token);
      underWay += 1;
      peak = Math.max(peak, underWay);
      return () => {
        for (const { name } of touched) items.delete(name);
        tokens.delete(token);
        underWay -= 1;
      };
    },
    peak: () => peak,
  };
};
