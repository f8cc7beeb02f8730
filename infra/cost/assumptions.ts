/** What of an estimate is neither measured here nor a price. Change it where a running stage has taught better. */
export const ASSUMPTIONS = {
  /**
   * Milliseconds that a call takes inside a region, median. Single digits for DynamoDB and KMS are what AWS publishes;
   * transactions take about three calls' time; the others are from experience.
   */
  callMs: { read: 5, write: 6, transaction: 15, kms: 8, s3: 40, ses: 80, sns: 200 },
  /** Lambda gives CPU in step with memory; this much memory is one core (Lambda developer guide, "Memory"). */
  coreMb: 1_769,
  /** One invocation in so many starts a new container, */
  coldOneIn: 100,
  /** whose start takes so many milliseconds, which are billed too (since August 2025). */
  coldMs: 450,
  /** Bytes of a log line that the gateway writes for a request, and of the three that Lambda adds to a function's own. */
  gatewayLogBytes: 450,
  lambdaLogBytes: 420,
  /** X-Ray records the first request of each second and 5 % of the others (its default rule). */
  tracedOneIn: 20,
  /** Rules of the web ACL and customer keys of a stage; `test/infra/cost.test.ts` counts them, as it does the alarms. */
  wafRules: 14,
  keys: 4,
  /** What the reconciler reads, however few users there are once the ledger is large (shared/contracts/jobs.ts). */
  reconcilerUnitsPerDay: 10_000_000,
  /** Metrics that alarms look at, for AWS bills an alarm by each; gradual deployments have the most of them. */
  alarms: 145,
  /**
   * Latencies by route and outcome, as ADR 10 reckons an ordinary hour; what is counted by function; and what the gateway
   * keeps of each route, which is billed like our own ("Amazon API Gateway dimensions and metrics"). Of the staff's routes
   * few are asked in an hour.
   */
  metrics: 591,
} as const;
