import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/contracts/metrics.ts';
import { functionName, metricsNamespace } from '../names.ts';
import type { Stage } from '../stages.ts';
import { emittersOf } from './emitters.ts';

type Statistic = 'Sum' | 'Maximum' | 'Average' | 'SampleCount' | 'p99';

export const FIVE_MINUTES = 5;
export const HOUR = 60;

/** A metric that AWS itself keeps. */
export const awsMetric = (
  namespace: `AWS/${string}`,
  metricName: string,
  dimensionsMap: Readonly<Record<string, string>>,
  statistic: Statistic,
  minutes = FIVE_MINUTES,
): Metric =>
  new Metric({
    namespace,
    metricName,
    dimensionsMap: { ...dimensionsMap },
    statistic,
    period: Duration.minutes(minutes),
  });

/** A metric of one function, by Lambda: of all its versions and aliases together, so also of what comes by `live`. */
export const functionMetric = (
  stage: Stage,
  functionId: string,
  metricName: 'Errors' | 'IteratorAge' | 'Throttles',
  statistic: Statistic,
  minutes = FIVE_MINUTES,
): Metric => awsMetric('AWS/Lambda', metricName, { FunctionName: functionName(stage, functionId) }, statistic, minutes);

/** Several metrics in one expression, in which they stand by the names given to them. */
export const expression = (
  formula: string,
  usingMetrics: Readonly<Record<string, IMetric>>,
  label: string,
  minutes = FIVE_MINUTES,
): MathExpression =>
  new MathExpression({
    expression: formula,
    usingMetrics: { ...usingMetrics },
    label,
    period: Duration.minutes(minutes),
  });

const ownOf = (
  stage: Stage,
  metricName: MetricName,
  endpoint: string,
  statistic: Statistic,
  minutes: number,
  label: string,
): Metric =>
  new Metric({
    namespace: metricsNamespace(stage),
    metricName,
    dimensionsMap: { endpoint },
    statistic,
    period: Duration.minutes(minutes),
    label,
  });

/** Names in an expression begin in lower case, and graphs want each only once. */
const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** A metric that functions measure, of all that do together: counts added up, of anything else the worst. Not for `Latency`, which is by outcome as well. */
export const measured = (
  stage: Stage,
  metric: Exclude<MetricName, 'Latency'>,
  statistic: Statistic,
  minutes = FIVE_MINUTES,
): IMetric => {
  const [first, ...others] = emittersOf(metric);
  if (first === undefined) throw new Error(`No function measures ${metric}: declare it in a contract.`);
  if (others.length === 0) return ownOf(stage, metric, first, statistic, minutes, metric);
  const parts = Object.fromEntries(
    [first, ...others].map(
      (id, index) => [`${lowerFirst(metric)}${index}`, ownOf(stage, metric, id, statistic, minutes, id)] as const,
    ),
  );
  const filled = Object.keys(parts).map((name) => `FILL(${name}, 0)`);
  const together =
    statistic === 'Sum' || statistic === 'SampleCount' ? filled.join(' + ') : `MAX([${filled.join(', ')}])`;
  return expression(together, parts, metric, minutes);
};
