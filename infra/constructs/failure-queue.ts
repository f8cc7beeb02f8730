import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept, END_OF_THE_LINE } from '../exceptions.ts';

/** The most that SQS keeps a message: longer than anybody is away. */
const KEPT_DAYS = 14;

/** Where a job names what it has given up. */
export class FailureQueue extends Queue {
  constructor(scope: Construct, id: string, queueName: string) {
    super(scope, id, {
      queueName,
      // A message holds positions in a stream or the event of a clock, and no contents, so a key of SQS is enough.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(KEPT_DAYS),
    });
    accept(this, END_OF_THE_LINE);
  }
}
