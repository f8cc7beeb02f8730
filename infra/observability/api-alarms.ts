import { TABLE_NAMES, type TableName } from '../../shared/contracts/resources.ts';
import { stackName, tableName } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { AlarmDefinition } from './alarm.ts';
import { awsMetric, expression, FIVE_MINUTES } from './measures.ts';

const SECOND_MS = 1_000;

const gatewayMetric = (stage: Stage, name: '5XXError' | 'Count' | 'Latency', statistic: 'Sum' | 'p99', api = 'api') =>
  awsMetric('AWS/ApiGateway', name, { ApiName: stackName(stage, api) }, statistic);

const throttledTable = (stage: Stage, table: TableName): AlarmDefinition => {
  const events = (name: string) => awsMetric('AWS/DynamoDB', name, { TableName: tableName(stage, table) }, 'Sum');
  // Names of their own, as one graph shows them all.
  const [reads, writes] = [`${table}Reads`, `${table}Writes`];
  const parts = { [reads]: events('ReadThrottleEvents'), [writes]: events('WriteThrottleEvents') };
  return {
    id: `table-${table}-throttled`,
    severity: 'ticket',
    feels: 'Some requests take longer than they should, or are answered with "busy".',
    runbook: 'a-table-is-throttled',
    metric: expression(
      `FILL(${reads}, 0) + FILL(${writes}, 0)`,
      parts,
      `Throttled reads and writes of ${table}`,
      FIVE_MINUTES,
    ),
    when: 'reached',
    level: 10,
    periods: 1,
    silence: 'good',
  };
};

/** What people feel at once: the public API, and what it runs on. */
export const apiAlarms = (stage: Stage): readonly AlarmDefinition[] => {
  const { levels } = stage.observability;
  return [
    {
      id: 'api-errors',
      severity: 'page',
      feels: 'Some requests of apps and pages fail, whatever people do in them.',
      runbook: 'the-api-answers-with-errors',
      metric: expression(
        `IF(requests >= ${levels.apiErrorRequests} OR errors >= ${levels.apiErrors}, 100 * errors / requests, 0)`,
        { errors: gatewayMetric(stage, '5XXError', 'Sum'), requests: gatewayMetric(stage, 'Count', 'Sum') },
        'Answers of 500 and above (%)',
      ),
      when: 'reached',
      level: levels.apiErrorPercent,
      periods: 2,
      silence: 'good',
    },
    {
      id: 'staff-errors',
      severity: 'ticket',
      feels: 'Staff cannot do some of what they ask for, and people wait for their decisions and their help.',
      runbook: 'the-api-answers-with-errors',
      metric: gatewayMetric(stage, '5XXError', 'Sum', 'admin'),
      when: 'reached',
      level: 3,
      periods: 1,
      silence: 'good',
    },
    {
      id: 'api-slow',
      severity: 'ticket',
      feels: 'One request in a hundred or more keeps people waiting for seconds.',
      runbook: 'the-api-is-slow',
      metric: gatewayMetric(stage, 'Latency', 'p99'),
      when: 'reached',
      level: levels.apiP99Seconds * SECOND_MS,
      periods: 3,
      silence: 'good',
    },
    {
      id: 'functions-throttled',
      severity: 'page',
      feels: 'Requests are refused although nothing is broken, for want of room to run them.',
      runbook: 'functions-are-throttled',
      metric: awsMetric('AWS/Lambda', 'Throttles', {}, 'Sum'),
      when: 'reached',
      level: 10,
      periods: 1,
      silence: 'good',
    },
    ...TABLE_NAMES.map((table) => throttledTable(stage, table)),
  ];
};
