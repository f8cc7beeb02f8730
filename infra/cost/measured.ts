import type { ENDPOINTS } from '../../shared/contracts/registry.ts';

/** Any route of the public API, also one that answers with a page or a redirect. */
export type RouteId = (typeof ENDPOINTS)[number]['id'];

/** Kinds of calls that differ in price or in how long they take. */
export const CALL_KINDS = ['read', 'write', 'transaction', 'kms', 's3Put', 's3Get', 'ses', 'sns'] as const;

export type CallKind = (typeof CALL_KINDS)[number];

/** One request as it was seen on this machine. */
export interface Sample {
  readonly endpoint: string;
  /** DynamoDB's request units, as the engine reckons them by DynamoDB's rules. */
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly calls: Readonly<Partial<Record<CallKind, number>>>;
  /** How many of the calls were one after the other. */
  readonly sequential: number;
  /** Milliseconds that were no waiting for a call. */
  readonly computeMs: number;
  readonly responseBytes: number;
  /** Bytes of the function's own log lines. */
  readonly logBytes: number;
}

/** What a request of an endpoint takes: the mean of its samples; of computing the least, the rest being other work. */
export interface Measured extends Omit<Sample, 'endpoint'> {
  readonly endpoint: RouteId;
  readonly samples: number;
  /** Of the function, MB. */
  readonly memoryMb: number;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const callsOf = (samples: readonly Sample[]): Measured['calls'] =>
  Object.fromEntries(
    CALL_KINDS.flatMap((kind) => {
      const count = mean(samples.map(({ calls }) => calls[kind] ?? 0));
      return count > 0 ? [[kind, count]] : [];
    }),
  );

/** @param samples of one endpoint, at least one. */
export const measuredOf = (endpoint: RouteId, memoryMb: number, samples: readonly Sample[]): Measured => ({
  endpoint,
  memoryMb,
  samples: samples.length,
  readUnits: mean(samples.map(({ readUnits }) => readUnits)),
  writeUnits: mean(samples.map(({ writeUnits }) => writeUnits)),
  calls: callsOf(samples),
  sequential: mean(samples.map(({ sequential }) => sequential)),
  computeMs: Math.min(...samples.map(({ computeMs }) => computeMs)),
  responseBytes: mean(samples.map(({ responseBytes }) => responseBytes)),
  logBytes: mean(samples.map(({ logBytes }) => logBytes)),
});

const READS = /^(?:GetItem|Query|Scan|BatchGetItem|TransactGetItems)$/;

const KINDS: readonly (readonly [RegExp, CallKind])[] = [
  [READS, 'read'],
  [/^Transact/, 'transaction'],
  [/^(?:Put|Update|Delete|BatchWrite)Item$/, 'write'],
  [/^(?:Encrypt|Decrypt|ReEncrypt|GenerateMac|VerifyMac|GenerateDataKey)$/, 'kms'],
  [/^(?:PutObject|CopyObject|ListObjects|ListObjectsV2)$/, 's3Put'],
  [/^(?:GetObject|HeadObject|DeleteObject|DeleteObjects)$/, 's3Get'],
  [/^Send(?:Raw)?Email$/, 'ses'],
  [/^Publish$/, 'sns'],
];

/**
 * The kind of a call by its label in `Server-Timing`, such as `GetItem users`.
 *
 * @throws for an operation that nothing is known of, so that no cost is left out in silence.
 */
export const kindOf = (label: string): CallKind => {
  const [operation = ''] = label.split(' ');
  const found = KINDS.find(([pattern]) => pattern.test(operation));
  if (found) return found[1];
  throw new Error(`The call "${label}" has no price: add its operation to infra/cost/measured.ts.`);
};
