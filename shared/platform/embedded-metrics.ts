import { type Measured, type MetricName, METRICS } from '../contracts/metrics.ts';

const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

/** What CloudWatch is to make of the members of a line that are metrics; those of the same dimensions together. */
const directivesOf = (namespace: string, names: readonly MetricName[]): string => {
  const groups = Map.groupBy(names, (name) => METRICS[name].by.join());
  const directives = [...groups.values()].map((group) => ({
    Namespace: namespace,
    Dimensions: group.slice(0, 1).map((name) => METRICS[name].by),
    Metrics: group.map((name) => ({ Name: name, Unit: METRICS[name].unit })),
  }));
  return JSON.stringify(directives);
};

/**
 * Says in CloudWatch's embedded metric format what of a log line is a metric: the value of the line's member `_aws`
 * ("Specification: Embedded metric format", CloudWatch user guide). Kept by the names in it, for which there are few
 * lists: writing it anew takes longer than the rest of the line.
 */
export const createMetadata = (namespace: string) => {
  const known = new Map<string, string>();
  /** @param now epoch milliseconds. */
  return (measured: Measured, now: number): string => {
    const names = Object.keys(measured).filter(isMetric);
    const list = names.join();
    const directives = known.get(list) ?? directivesOf(namespace, names);
    known.set(list, directives);
    return `{"Timestamp":${now},"CloudWatchMetrics":${directives}}`;
  };
};
