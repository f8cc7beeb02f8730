import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { failureQueueName, pascalCase, stackName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const jobs = JOBS.flatMap(({ id, stream }) => (stream ? [{ id, stream }] : []));
const prod = await synthesized('prod');

const mappingSchema = z.looseObject({
  FunctionName: z.object({ Ref: z.string() }),
  EventSourceArn: z.unknown(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }),
});

const mappings = resourcesOf(prod, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) =>
  mappingSchema.parse(Properties),
);

describe('the jobs behind streams', () => {
  it('have a mapping and a queue each', () => {
    expect(mappings).toHaveLength(jobs.length);
    const names = resourcesOf(prod, 'AWS::SQS::Queue').map(({ Properties }) => Properties['QueueName']);
    expect(new Set(names)).toEqual(new Set(jobs.map(({ id }) => failureQueueName(STAGES.prod, id))));
  });

  it.each(jobs)('$id is started by its table, retried within bounds, and names what it gives up', ({ id, stream }) => {
    const name = pascalCase(id.slice('jobs.'.length));
    const mapping = mappings.find(({ FunctionName }) => FunctionName.Ref.startsWith(`${name}Function`));
    expect(mapping).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: stream.batchSize,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: stream.retries,
      MaximumRecordAgeInSeconds: stream.maxAgeHours * 3600,
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: stream.changes }) }] },
    });
    const source = textOf(mapping?.EventSourceArn);
    expect(source).toMatch(
      new RegExp(`^<import ${stackName(STAGES.prod, 'data')}:.*GetAtt${pascalCase(stream.table)}Table\\w+StreamArn`),
    );
    expect(textOf(mapping?.DestinationConfig.OnFailure.Destination)).toMatch(
      new RegExp(`^<${name}StreamFailures\\w+\\.Arn>$`),
    );
    expect(stream.retries).toBeGreaterThanOrEqual(1);
    expect(stream.maxAgeHours).toBeLessThanOrEqual(24);
  });

  it('have queues that are encrypted, refuse whoever comes without TLS, and keep messages for two weeks', () => {
    for (const { Properties } of resourcesOf(prod, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    }
    const policies = resourcesOf(prod, 'AWS::SQS::QueuePolicy').map(({ Properties }) => Properties['PolicyDocument']);
    expect(policies).toHaveLength(jobs.length);
    for (const policy of policies) {
      expect(policy).toMatchObject({
        Statement: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      });
    }
  });
});
