import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { CHAPTERS } from '../../infra/observability/alarm.ts';
import { emittersOf } from '../../infra/observability/emitters.ts';
import { metricsNamespace, stackName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { type MetricName, METRICS } from '../../shared/contracts/metrics.ts';
import { runbookChapters } from '../support/runbooks.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const prod = await synthesized('prod');

const dimension = z.object({ Name: z.string(), Value: z.string() });

const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(dimension).default([]),
});

const action = z.object({ Ref: z.string() });

const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.tuple([action]),
  OKActions: z.tuple([action]),
  TreatMissingData: z.string(),
  Metrics: z.array(z.object({ MetricStat: z.object({ Metric: metricSchema }).optional() })).optional(),
});

const expressions = z.object({ Metrics: z.tuple([z.object({ Expression: z.string() })], z.unknown()) });

const prefix = stackName(STAGES.prod, '');

const { Resources: observed = {} } = prod.templates['Observability'] ?? {};

/** Without those that take deployments back, which tell nobody but CodeDeploy. */
const called = Object.values(observed).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');

const alarms = called.map(({ Properties }) => {
  const { Metrics, ...alarm } = alarmSchema.parse(Properties);
  const metrics = Metrics
    ? Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
    : [metricSchema.parse(Properties)];
  return Object.assign(alarm, { id: alarm.AlarmName.slice(prefix.length), metrics });
});

const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

/** The physical names of everything that the stage deploys. */
const names = new Set(
  ['FunctionName', 'QueueName', 'TableName', 'Name'].flatMap((property) =>
    Object.values(prod.templates).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Properties }) => Properties[property]),
    ),
  ),
);

const metrics = alarms.flatMap(({ id, metrics: watched }) => watched.map((metric) => ({ id, ...metric })));
const own = metrics.filter(({ Namespace }) => Namespace === metricsNamespace(STAGES.prod));
const ofResources = metrics.filter(
  ({ Namespace, Dimensions }) => Namespace.startsWith('AWS/') && Dimensions.length > 0,
);

describe('the alarms', () => {
  it.each(alarms)(
    '$id tells a topic when it goes off and when it is over',
    ({ AlarmActions: [off], OKActions: [over] }) => {
      expect(observed[off.Ref]?.Type).toBe('AWS::SNS::Topic');
      expect(over).toEqual(off);
    },
  );

  it.each(alarms)('$id says what the user feels, and leads to a chapter that names it', ({ id, AlarmDescription }) => {
    const [, feels, anchor] = /^(\S.*\.) What to do: docs\/runbooks\.md#([\w-]+)$/.exec(AlarmDescription) ?? [];
    expect(feels).toBeDefined();
    expect(runbookChapters().find((chapter) => chapter.anchor === anchor)?.alarms).toContain(id);
  });

  it('are all that chapters name, and each chapter of alarms is one that they lead to', () => {
    const named = runbookChapters().filter(({ alarms: ids }) => ids.length > 0);
    expect(named.flatMap(({ alarms: ids }) => ids).sort()).toEqual(alarms.map(({ id }) => id).sort());
    expect(named.map(({ anchor }) => anchor)).toEqual(CHAPTERS);
  });

  it.each(own)(
    '$id looks at $MetricName, which functions measure by these dimensions',
    ({ MetricName: name, Dimensions }) => {
      if (!isMetric(name)) throw new Error(`No function measures ${name}.`);
      expect(Dimensions.map(({ Name }) => Name)).toEqual(METRICS[name].by);
      expect(emittersOf(name)).toContain(Dimensions.find(({ Name }) => Name === 'endpoint')?.Value);
    },
  );

  it.each(ofResources)('$id looks at $MetricName of something that is deployed', ({ Dimensions }) => {
    expect(Dimensions.filter(({ Value }) => !names.has(Value))).toEqual([]);
  });

  it('look at what is there: own metrics, gateway, functions, tables, queues, mails and texts', () => {
    expect(new Set(metrics.map(({ Namespace }) => Namespace))).toEqual(
      new Set(['BitGin/prod', 'AWS/ApiGateway', 'AWS/Lambda', 'AWS/DynamoDB', 'AWS/SQS', 'AWS/SES', 'AWS/SNS']),
    );
    const queues = resourcesOf(prod, 'AWS::SQS::Queue').map(({ Properties }) => Properties['QueueName']);
    const watched = metrics.flatMap(({ Dimensions }) => Dimensions.filter(({ Name }) => Name === 'QueueName'));
    expect(new Set(watched.map(({ Value }) => Value))).toEqual(new Set(queues));
  });

  it('see an outage at night, when few requests come, and no single failure', () => {
    const [share = ''] = called.flatMap(({ Properties }) =>
      Properties['AlarmName'] === `${prefix}api-errors` ? [expressions.parse(Properties).Metrics[0].Expression] : [],
    );
    const [, requests, errors] =
      /^IF\(requests >= (\d+) OR errors >= (\d+), 100 \* errors \/ requests, 0\)$/.exec(share) ?? [];
    expect(Number(requests)).toBe(STAGES.prod.observability.levels.apiErrorRequests);
    expect(Number(errors)).toBeGreaterThan(1);
    expect(Number(errors)).toBeLessThan(Number(requests) / 5);
  });

  it.each(['ledger-imbalance', 'api-errors', 'reconciler-stopped', 'prices-stale', 'outbox-lag', 'texts-exhausted'])(
    '%s wakes somebody',
    (id) => {
      const [page] =
        Object.entries(observed).find(([, { Properties }]) => Properties['TopicName'] === 'bitgin-prod-alarms-page') ??
        [];
      expect(alarms.find((alarm) => alarm.id === id)?.AlarmActions).toEqual([{ Ref: page }]);
    },
  );

  it('go off where a job is silent that measures as long as it lives', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching').map(({ id }) => id);
    expect(breaching.sort()).toEqual([
      'erasures-left',
      'outbox-lag',
      'prices-stale',
      'reconciler-stopped',
      'transfers-not-expired',
    ]);
  });
});

describe('the topics', () => {
  it('are encrypted by a key that CloudWatch may use, take alarms of this account and nothing without TLS', () => {
    const statements = z.object({ Statement: z.array(z.looseObject({ Principal: z.unknown(), Action: z.unknown() })) });
    const account = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const found = resourcesOf(prod, 'AWS::SNS::Topic');
    expect(found).toHaveLength(2);
    for (const { Properties } of found) expect(Properties['KmsMasterKeyId']).toBeDefined();
    for (const { Properties } of resourcesOf(prod, 'AWS::SNS::TopicPolicy')) {
      expect(statements.parse(Properties['PolicyDocument']).Statement).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: account },
      ]);
    }
    const key = Object.values(observed).find(({ Type }) => Type === 'AWS::KMS::Key');
    expect(statements.parse(key?.Properties['KeyPolicy']).Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: account,
      }),
    );
  });

  it('reach somebody wherever real users are', () => {
    for (const stage of [STAGES.staging, STAGES.prod]) {
      expect(stage.observability.page.length).toBeGreaterThan(0);
      expect(stage.observability.ticket.length).toBeGreaterThan(0);
    }
  });
});

describe('the catalogue of metrics', () => {
  it.each(Object.keys(METRICS).filter(isMetric))('%s is measured by some function', (name) => {
    expect(emittersOf(name)).not.toEqual([]);
  });

  it('has every metric on the dashboard or under an alarm', () => {
    const [dashboard] = resourcesOf(prod, 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.Properties['DashboardBody']);
    expect(Object.keys(METRICS).filter((name) => !body.includes(name))).toEqual([]);
  });
});
