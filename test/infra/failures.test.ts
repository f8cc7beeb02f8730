import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { failureQueueName, pascalCase } from '../../infra/names.ts';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { asyncProblems } from './async-functions.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf, withProperties } from './templates.ts';

const prod = await synthesized('prod');
const scheduled = JOBS.flatMap(({ id, schedule }) => (schedule ? [{ id, schedule }] : []));

const statementSchema = z.object({ Effect: z.string(), Action: z.string(), Condition: z.unknown() });
const policySchema = z.object({ PolicyDocument: z.object({ Statement: z.array(statementSchema) }) });

describe.each(STAGE_NAMES)('in %s', (stage) => {
  it('every function that nobody waits for has a queue for what it gives up', async () => {
    expect(asyncProblems(await synthesized(stage))).toEqual([]);
  });

  it('there is one queue a job, encrypted, over TLS only, kept for two weeks', async () => {
    const synthesis = await synthesized(stage);
    const queues = resourcesOf(synthesis, 'AWS::SQS::Queue').map(({ Properties }) => Properties);
    const names = JOBS.map(({ id }) => failureQueueName(STAGES[stage], id));
    expect(queues.map(({ QueueName }) => String(QueueName)).toSorted()).toEqual(names.toSorted());
    for (const queue of queues) {
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    }
    const policies = resourcesOf(synthesis, 'AWS::SQS::QueuePolicy').map(({ Properties }) =>
      policySchema.parse(Properties),
    );
    expect(policies).toHaveLength(JOBS.length);
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument.Statement[0]).toMatchObject({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('only the rule of a queue’s own job may send to it beside the job', async () => {
    const allowed = resourcesOf(await synthesized(stage), 'AWS::SQS::QueuePolicy')
      .flatMap(({ Properties }) => policySchema.parse(Properties).PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(scheduled.length);
    for (const { Action, Condition } of allowed) {
      expect(Action).toBe('sqs:SendMessage');
      expect(JSON.stringify(Condition)).toMatch(/^\{"ArnEquals":\{"aws:SourceArn":\{"Fn::GetAtt":\["\w+Schedule/);
    }
  });
});

describe.each(scheduled)('the job $id', ({ id, schedule }) => {
  it('runs by its schedule, and is tried once more when it fails', () => {
    const name = pascalCase(id.slice('jobs.'.length));
    const rules = resourcesOf(prod, 'AWS::Events::Rule').filter(({ Properties }) =>
      JSON.stringify(Properties).includes(`"Ref":"${name}Live`),
    );
    expect(rules).toHaveLength(1);
    expect(rules[0]?.Properties).toMatchObject({
      ScheduleExpression: schedule,
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 900 } }],
    });
    const runs = resourcesOf(prod, 'AWS::Lambda::EventInvokeConfig').filter(({ Properties }) =>
      JSON.stringify(Properties).includes(`"Ref":"${name}Function`),
    );
    expect(runs.map(({ Properties }) => Properties)).toMatchObject([
      { Qualifier: 'live', MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 900 },
    ]);
  });
});

describe('the check of failure destinations', () => {
  it.each([
    ['AWS::Lambda::EventSourceMapping', { DestinationConfig: {} }],
    ['AWS::Lambda::EventInvokeConfig', { DestinationConfig: {} }],
    ['AWS::Lambda::EventInvokeConfig', { Qualifier: '$LATEST' }],
    ['AWS::Events::Rule', { Targets: [{ Arn: { Ref: 'PriceFeedLive' }, Id: 'Target0' }] }],
  ])('sees it where %s has %j', (type, properties) => {
    expect(asyncProblems(withProperties(prod, type, properties)).length).toBeGreaterThan(0);
  });
});
