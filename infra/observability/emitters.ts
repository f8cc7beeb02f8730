import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import type { Counted, MetricName } from '../../shared/contracts/metrics.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';

const endpoints: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];

/** What becomes of queued mails is measured by whoever delivers them. */
const BY_DELIVERY: ReadonlySet<MetricName> = new Set(['MailsSent', 'MailsPostponed', 'MailsParked', 'MailDelay']);

/** What becomes of text messages, by whoever may send them. */
const BY_TEXTING: ReadonlySet<MetricName> = new Set(['TextsSent', 'TextsFailed']);

const metricsIn = (counted: Counted | undefined): readonly MetricName[] => {
  if (counted === undefined) return [];
  return typeof counted === 'string' ? [counted] : Object.values(counted.metrics);
};

const countsIt = ({ counts = {}, uses }: EndpointSpec, metric: MetricName): boolean =>
  metric === 'Latency' ||
  (BY_TEXTING.has(metric) && uses.sms !== undefined) ||
  Object.values<Counted | undefined>(counts).some((counted) => metricsIn(counted).includes(metric));

/** The functions that measure a metric: each of these ids is a value of its dimension `endpoint`. */
export const emittersOf = (metric: MetricName): readonly string[] => [
  ...endpoints.filter((endpoint) => countsIt(endpoint, metric)).map(({ id }) => id),
  ...JOBS.filter(
    ({ metrics = {}, uses }) =>
      Object.values(metrics).includes(metric) || (BY_DELIVERY.has(metric) && uses.outbox && uses.mail),
  ).map(({ id }) => id),
];
