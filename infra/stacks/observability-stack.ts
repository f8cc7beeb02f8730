import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { AlertTopic } from '../constructs/alert-topic.ts';
import { WiredAlarm } from '../constructs/wired-alarm.ts';
import { pascalCase, stackName } from '../names.ts';
import type { Severity } from '../observability/alarm.ts';
import { apiAlarms } from '../observability/api-alarms.ts';
import { operationsDashboard } from '../observability/dashboard.ts';
import { jobAlarms } from '../observability/job-alarms.ts';
import { providerAlarms } from '../observability/provider-alarms.ts';
import type { Stage } from '../stages.ts';

/** Alarms, whom they call, and the dashboard. Finds what it watches by names, so no other stack knows of it. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Observability', {
      stackName: stackName(stage, 'observability'),
      description: `Alarms and dashboard, stage ${stage.name}`,
      env: { region: stage.region },
    });
    const key = this.#key(stage);
    const topicOf = (severity: Severity): SnsAction => {
      const topicName = stackName(stage, `alarms-${severity}`);
      const subscribers = stage.observability[severity];
      return new SnsAction(new AlertTopic(this, pascalCase(severity), { topicName, key, subscribers }).topic);
    };
    const topics: Readonly<Record<Severity, SnsAction>> = { page: topicOf('page'), ticket: topicOf('ticket') };
    const definitions = [...apiAlarms(stage), ...jobAlarms(stage), ...providerAlarms(stage)];
    const shown = definitions.map((definition) => {
      const { id, runbook, severity } = definition;
      const alarm = new WiredAlarm(this, `${pascalCase(id)}Alarm`, stage, definition, topics[severity]);
      return { alarm, chapter: runbook };
    });
    operationsDashboard(this, stage, shown);
  }

  /**
   * Of the topics. CloudWatch publishes in its own name, so the key must let it in; that takes a key of the customer
   * ("Enable compatibility between event sources from AWS services and encrypted topics", SNS developer guide).
   */
  #key(stage: Stage): Key {
    const key = new Key(this, 'Key', {
      alias: `alias/bitgin-${stage.name}-alarms`,
      description: `Key of BitGin's alarms, stage ${stage.name}`,
      enableKeyRotation: true,
      // It encrypts what is on its way to a mailbox, and nothing that is kept.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return key;
  }
}
