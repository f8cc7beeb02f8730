import { Stack } from 'aws-cdk-lib';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { mailConfigurationSet, stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

/** Metrics of `AWS/SES` that come with the dimension of this name and the stage's name as value. */
export const MAIL_DIMENSION = 'stage';

/** What is counted of a mail that SES took. */
const COUNTED = ['send', 'delivery', 'bounce', 'complaint', 'reject'];

/**
 * How SES treats the stage's mails: it sends nothing to an address that bounced for good or complained (the account's
 * suppression list), and counts what became of each mail. The identity that sends is made by hand, once a domain.
 */
export class MailStack extends Stack {
  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Mail', {
      stackName: stackName(stage, 'mail'),
      description: `Configuration of mails, stage ${stage.name}`,
      env: { region: stage.region },
    });
    const name = mailConfigurationSet(stage);
    const set = new CfnConfigurationSet(this, 'ConfigurationSet', {
      name,
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const counts = new CfnConfigurationSetEventDestination(this, 'Counts', {
      configurationSetName: name,
      eventDestination: {
        name: 'counts',
        enabled: true,
        matchingEventTypes: COUNTED,
        cloudWatchDestination: {
          // No mail carries a tag, so each is counted under the default.
          dimensionConfigurations: [
            { dimensionName: MAIL_DIMENSION, dimensionValueSource: 'messageTag', defaultDimensionValue: stage.name },
          ],
        },
      },
    });
    counts.addResourceDependency(set);
  }
}
