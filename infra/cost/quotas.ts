import { Big } from 'big.js';
import { billedMs } from './estimate.ts';
import type { CallKind, Measured } from './measured.ts';
import { PEAK, PER_USER, REQUESTS_PER_USER } from './usage.ts';

/** A ceiling that AWS sets an account in a region until it is asked for more. */
export interface Quota {
  readonly name: string;
  /** Of what is asked for at once, or in a second. */
  readonly limit: number;
  /** Where AWS says so. */
  readonly source: string;
  /** What one active user asks for in a month, in units of the limit times seconds. */
  readonly demand: (all: readonly Measured[]) => Big;
}

const MONTH_SECONDS = 30 * 86_400;

const DOCS = 'https://docs.aws.amazon.com';

const overRequests = (all: readonly Measured[], amount: (measured: Measured) => number): Big =>
  all.reduce(
    (sum, measured) => sum.plus(new Big(amount(measured)).times(REQUESTS_PER_USER[measured.endpoint] ?? 0)),
    new Big(0),
  );

const callsOf =
  (kind: CallKind) =>
  ({ calls }: Measured): number =>
    calls[kind] ?? 0;

/** Those that users come to before all others; of Tokyo where regions differ. */
export const QUOTAS: readonly Quota[] = [
  {
    name: 'Mails, SES (a usual first grant)',
    limit: 14,
    source: `${DOCS}/ses/latest/dg/manage-sending-quotas.html`,
    demand: () => new Big(PER_USER.mails),
  },
  {
    name: 'Text messages, SNS',
    limit: 20,
    source: `${DOCS}/general/latest/gr/sns.html`,
    demand: () => new Big(PER_USER.texts),
  },
  {
    name: 'Functions at once, Lambda',
    limit: 1_000,
    source: `${DOCS}/lambda/latest/dg/gettingstarted-limits.html`,
    demand: (all) => overRequests(all, (measured) => billedMs(measured) / 1_000),
  },
  {
    name: 'Requests, API Gateway',
    limit: 10_000,
    source: `${DOCS}/apigateway/latest/developerguide/limits.html`,
    demand: (all) => overRequests(all, () => 1),
  },
  {
    name: 'Write units, DynamoDB, were all in one table',
    limit: 40_000,
    source: `${DOCS}/amazondynamodb/latest/developerguide/ServiceQuotas.html`,
    demand: (all) => overRequests(all, ({ writeUnits }) => writeUnits),
  },
  {
    name: 'Read units, DynamoDB, were all in one table',
    limit: 40_000,
    source: `${DOCS}/amazondynamodb/latest/developerguide/ServiceQuotas.html`,
    demand: (all) => overRequests(all, ({ readUnits }) => readUnits),
  },
  {
    name: 'Cryptographic operations, KMS',
    limit: 20_000,
    source: `${DOCS}/kms/latest/developerguide/requests-per-second.html`,
    demand: (all) => overRequests(all, callsOf('kms')),
  },
];

/** What so many users ask of a quota at the peak of a day. */
export const demandAt = (quota: Quota, all: readonly Measured[], users: number): Big =>
  quota.demand(all).times(users).times(PEAK).div(MONTH_SECONDS);

/** From how many active users on a quota is too small; undefined where they ask nothing of it. */
export const usersAt = (quota: Quota, all: readonly Measured[]): Big | undefined => {
  const each = demandAt(quota, all, 1);
  return each.eq(0) ? undefined : new Big(quota.limit).div(each);
};
