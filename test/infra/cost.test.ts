import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ASSUMPTIONS } from '../../infra/cost/assumptions.ts';
import { emittersOf } from '../../infra/observability/emitters.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { METRICS, type MetricName } from '../../shared/contracts/metrics.ts';
import { synthesized } from './synthesized.ts';
import { onlyResource, resourcesOf } from './templates.ts';

const prod = await synthesized('prod');

/** Pairs of route and outcome in an ordinary hour (docs/decisions/0010-metrics-in-the-log-line.md). */
const LATENCIES = 300;

const rules = z.object({ Rules: z.array(z.unknown()) });

const alarm = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });

const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

/** Count, 4XXError, 5XXError, Latency and IntegrationLatency: what the gateway keeps of a route, with detailed metrics. */
const OF_ROUTE = 5;

/** What `npm run cost` takes for granted of a stage that nobody uses. */
describe('a stage of prod has what its price is reckoned by:', () => {
  it('rules of the web ACL', () => {
    expect(rules.parse(onlyResource(prod, 'AWS::WAFv2::WebACL').Properties).Rules).toHaveLength(ASSUMPTIONS.wafRules);
  });

  it('customer keys', () => {
    expect(resourcesOf(prod, 'AWS::KMS::Key')).toHaveLength(ASSUMPTIONS.keys);
  });

  it('metrics that alarms look at', () => {
    const looked = resourcesOf(prod, 'AWS::CloudWatch::Alarm').flatMap(({ Properties }) => {
      const { Metrics = [{ MetricStat: Properties['MetricName'] }] } = alarm.parse(Properties);
      return Metrics.filter(({ MetricStat }) => MetricStat !== undefined);
    });
    expect(looked).toHaveLength(ASSUMPTIONS.alarms);
  });

  it('metrics of its own, and of the gateway by route', () => {
    const counted = Object.keys(METRICS)
      .filter(isMetric)
      .filter((name) => name !== 'Latency');
    const byFunction = counted.flatMap((name) => emittersOf(name));
    expect(LATENCIES + byFunction.length + OF_ROUTE * ENDPOINTS.length).toBe(ASSUMPTIONS.metrics);
  });
});
