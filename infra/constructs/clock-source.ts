import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { type Alias, EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ScheduledJob } from '../../shared/contracts/jobs.ts';
import { FailureQueue } from './failure-queue.ts';

export interface ClockSourceProps {
  readonly live: Alias;
  /** The rule's construct, which has always been one of the stack itself. */
  readonly ruleId: string;
  /** Of the queue that names the runs that were given up. */
  readonly queueName: string;
  readonly schedule: ScheduledJob['schedule'];
}

/** A run that fails is tried once more (Lambda waits a minute in between); the next one comes by itself. */
const RETRIES = 1;

/** A run that could not begin for so long has been overtaken by the next ones. */
const OLDEST_MINUTES = 15;

/**
 * Starts a function by the clock. EventBridge hands the event to Lambda and leaves; both can fail, and both name what
 * they gave up in the same queue: EventBridge what it could not hand over, Lambda the runs that failed to the end.
 */
export class ClockSource extends Construct {
  constructor(scope: Construct, id: string, { live, ruleId, queueName, schedule }: ClockSourceProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', queueName);
    const bounds = { maxEventAge: Duration.minutes(OLDEST_MINUTES), retryAttempts: RETRIES };
    new Rule(scope, ruleId, {
      schedule: Schedule.expression(schedule),
      // The target lets EventBridge send to the queue, and only for this rule.
      // @ts-expect-error -- Alias and IFunction of CDK 2.275 disagree on `role` under exactOptionalPropertyTypes.
      targets: [new LambdaTarget(live, { ...bounds, deadLetterQueue: failures })],
    });
    const runs = new EventInvokeConfig(this, 'Runs', {
      function: live.lambda,
      qualifier: live.aliasName,
      ...bounds,
      // CDK's own destination would grant more on the queue than Lambda needs.
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
    // Lambda looks for the alias and checks the function's rights when this is made.
    runs.node.addDependency(live);
  }
}
