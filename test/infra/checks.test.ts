import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { STAGE_NAMES } from '../../infra/stages.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { synthesize } from './synthesis.ts';
import { synthesized } from './synthesized.ts';

const addCarelessBucket = (app: App): void => {
  expect(new Bucket(new Stack(app, 'Careless'), 'Bucket')).toBeDefined();
};

describe('the AwsSolutions and CloudFormation checks', () => {
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    ({ exitCode } = process);
  });
  // A synthesis with findings marks the process as failed.
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it.each(STAGE_NAMES)('find nothing in %s that is not accepted with a reason', async (stage) => {
    expect((await synthesized(stage)).findings).toEqual([]);
  });

  it('are at work: a careless bucket stops the synthesis', () => {
    expect(() => synthesize('dev', ENDPOINTS, addCarelessBucket)).toThrow(
      /Careless\/Bucket\/Resource[^]*AwsSolutions-S10/,
    );
  });
});
