import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlertTopicProps {
  readonly topicName: string;
  readonly key: IKey;
  /** Mail addresses, and https addresses of a pager. */
  readonly subscribers: readonly string[];
}

/** Whether a subscriber is a pager's address; everything else is a mail address. */
const isPager = (subscriber: string): boolean => subscriber.startsWith('https://');

/**
 * Where alarms are sent. Only alarms of this account may publish to it, and nobody without TLS. People confirm their
 * subscription by the mail that SNS sends them.
 */
export class AlertTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { topicName, key, subscribers }: AlertTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName, masterKey: key, enforceSSL: true });
    const { account } = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    for (const subscriber of subscribers) {
      this.topic.addSubscription(
        isPager(subscriber) ? new UrlSubscription(subscriber) : new EmailSubscription(subscriber),
      );
    }
  }
}
