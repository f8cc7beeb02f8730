import { createHash } from 'node:crypto';

/** The services whose calls a fault can strike. A service without an emulator here is never called, so never struck. */
export const FAULT_SERVICES = ['dynamodb', 'kms', 's3', 'ses', 'sns'] as const;

export const FAULT_MODES = ['fail', 'throttle', 'conflict', 'slow', 'stale', 'lostResponse', 'lateResponse'] as const;

export type FaultMode = (typeof FAULT_MODES)[number];

/** What shall go wrong with a service. */
export interface Fault {
  readonly service: (typeof FAULT_SERVICES)[number];
  readonly mode: FaultMode;
  /** Share of the calls that it strikes, 0 to 1. */
  readonly rate: number;
  /** How much later a `slow` call is done, and a `lateResponse` to a call that is done at once comes, in milliseconds. */
  readonly delayMs: number;
  /** Makes the draws of `rate` the same every time. */
  readonly seed?: number | undefined;
  /** Only this operation, such as `TransactWriteItems`. */
  readonly operation?: string | undefined;
  /** Only calls of this function, by its physical name. */
  readonly functionName?: string | undefined;
}

/** A fault that is set, and how many calls it struck so far. */
export type PresentFault = Fault & { readonly struck: number };

export interface FaultCall {
  readonly service: Fault['service'];
  readonly operation: string;
  readonly functionName: string;
}

/** A fault that a call drew. */
export interface DrawnFault {
  readonly fault: Fault;
  /** Counts it: to be called when it really changed what happens to the call. */
  readonly count: () => void;
}

/** The faults of this machine: one for each service at the most. */
export interface Faults {
  /** Takes the place of the service's present fault, and begins to count anew. */
  readonly set: (fault: Fault) => void;
  readonly clear: (service: Fault['service']) => void;
  readonly present: () => readonly PresentFault[];
  readonly isSet: (service: Fault['service'], mode: FaultMode) => boolean;
  /** The fault that strikes a call, if one does. */
  readonly draw: (call: FaultCall) => DrawnFault | undefined;
}

/** Only writes and transactions meet others at an item; only these reads can be behind. */
const OPERATIONS: { readonly [M in FaultMode]?: ReadonlySet<string> } = {
  conflict: new Set(['DeleteItem', 'PutItem', 'TransactGetItems', 'TransactWriteItems', 'UpdateItem']),
  stale: new Set(['BatchGetItem', 'GetItem', 'Query', 'Scan']),
};

/** The same numbers from 0 to 1 for the same seed: digests of seed and position. */
const seeded = (seed: number): (() => number) => {
  let position = 0;
  return () => {
    position += 1;
    return createHash('sha256').update(`${seed}:${position}`).digest().readUInt32BE() / 2 ** 32;
  };
};

const concerns = ({ mode, operation, functionName }: Fault, call: FaultCall): boolean =>
  (operation ?? call.operation) === call.operation &&
  (functionName ?? call.functionName) === call.functionName &&
  OPERATIONS[mode]?.has(call.operation) !== false;

/**
 * @param random numbers from 0 to 1, for faults without a seed.
 * @param onChange called whenever a fault is set or taken away.
 */
export const createFaults = (random: () => number, onChange: () => void = () => {}): Faults => {
  const faults = new Map<Fault['service'], { readonly fault: Fault; readonly next: () => number; struck: number }>();
  return {
    set: (fault) => {
      onChange();
      faults.set(fault.service, { fault, struck: 0, next: fault.seed === undefined ? random : seeded(fault.seed) });
    },
    clear: (service) => {
      onChange();
      faults.delete(service);
    },
    present: () => [...faults.values()].map(({ fault, struck }) => Object.assign({ struck }, fault)),
    isSet: (service, mode) => faults.get(service)?.fault.mode === mode,
    draw: (call) => {
      const entry = faults.get(call.service);
      if (entry === undefined || !concerns(entry.fault, call) || entry.next() >= entry.fault.rate) return undefined;
      const count = (): void => {
        entry.struck += 1;
      };
      return { fault: entry.fault, count };
    },
  };
};
