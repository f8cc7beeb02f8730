import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { removalPolicyOf } from '../removal.ts';
import type { Stage } from '../stages.ts';

const RETENTION: Readonly<Record<Stage['logRetentionDays'], RetentionDays>> = {
  7: RetentionDays.ONE_WEEK,
  30: RetentionDays.ONE_MONTH,
  365: RetentionDays.ONE_YEAR,
};

/** A log group that keeps its events as long as the stage says, and then deletes them. */
export class KeptLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, stage: Stage, logGroupName: string) {
    super(scope, id, {
      logGroupName,
      retention: RETENTION[stage.logRetentionDays],
      removalPolicy: removalPolicyOf(stage),
    });
  }
}
