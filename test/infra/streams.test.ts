import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { pascalCase, stackName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const jobs = JOBS.flatMap(({ id, stream }) => (stream ? [{ id, stream }] : []));
const prod = await synthesized('prod');

const mappingSchema = z.looseObject({
  FunctionName: z.unknown(),
  EventSourceArn: z.unknown(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }),
});

const mappings = resourcesOf(prod, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) =>
  mappingSchema.parse(Properties),
);

describe('the jobs behind streams', () => {
  it('have a mapping each', () => {
    expect(mappings).toHaveLength(jobs.length);
  });

  it.each(jobs)('$id is started by its table, retried within bounds, and names what it gives up', ({ id, stream }) => {
    const name = pascalCase(id.slice('jobs.'.length));
    // Its alias, in the form `<name of the function>:live`, which the CDK cuts out of the alias's ARN.
    const isLive = new RegExp(`"Ref":"${name}Live[0-9A-F]{8}".*":live"`);
    const mapping = mappings.find(({ FunctionName }) => isLive.test(JSON.stringify(FunctionName)));
    expect(mapping).toBeDefined();
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
});
