import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StreamSource as Declared } from '../../shared/contracts/jobs.ts';
import { FailureQueue } from './failure-queue.ts';

export interface StreamSourceProps {
  readonly lambda: IFunction;
  readonly streamArn: string;
  /** Of the queue that names what was given up. */
  readonly queueName: string;
  readonly declared: Declared;
}

/**
 * Starts a function by the changes of a table. A batch that fails is halved until the bad change is alone; that one is
 * tried again, and then named in a queue of its own, so that it holds up the others for seconds only.
 */
export class StreamSource extends Construct {
  constructor(scope: Construct, id: string, { lambda, streamArn, queueName, declared }: StreamSourceProps) {
    super(scope, id);
    const { changes, batchSize, retries, maxAgeHours } = declared;
    const failures = new FailureQueue(this, 'Failures', queueName);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: lambda,
      eventSourceArn: streamArn,
      // What was written before the first deployment is delivered too.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ eventName: FilterRule.or(...changes) })],
      batchSize,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: retries,
      maxRecordAge: Duration.hours(maxAgeHours),
      // CDK's own destination would grant more on the queue than Lambda needs.
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
    // Lambda checks the function's rights when the mapping is made.
    mapping.node.addDependency(lambda);
  }
}
