import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { DEPLOYMENT_STAGE } from '../constructs/gateway.ts';
import { accept, DEPLOYMENT_ROLE } from '../exceptions.ts';
import {
  deploymentApplicationName,
  functionName,
  liveFunctionName,
  pascalCase,
  rollbackAlarmName,
  stackName,
} from '../names.ts';
import type { Deployment, Stage } from '../stages.ts';

export interface DeploymentsStackProps {
  readonly stage: Stage;
  readonly deployment: Exclude<Deployment, 'at-once'>;
  readonly endpoints: readonly Pick<EndpointSpec, 'id' | 'method' | 'path'>[];
  readonly fallbackId: string;
}

/** CodeDeploy's own configurations: those that an account makes itself are limited in number and in how fast they are made. */
const CONFIGURATIONS: Readonly<Record<DeploymentsStackProps['deployment'], string>> = {
  canary: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  linear: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
};

/**
 * Failures in a minute that take a deployment back. A run that dies counts twice, by Lambda and as what the gateway
 * answers for it, so one is enough: handlers answer for every error, and a run dies of a broken bundle, of a lack of
 * memory or of time. Of the answers that a handler gives with a status of 5xx it takes two.
 */
const FAILURES = 2;

interface Route {
  readonly id: string;
  /** None for the fallback, which answers whatever no route does, 5xx never. */
  readonly resource?: { readonly method: string; readonly path: string };
}

/**
 * What moves the functions of the public API to new code: a deployment group and an alarm for each. Made before the
 * functions, which name their groups, and apart from them, so that each template stays small.
 */
export class DeploymentsStack extends Stack {
  readonly #props: DeploymentsStackProps;

  constructor(scope: Construct, props: DeploymentsStackProps) {
    const { stage, endpoints, fallbackId } = props;
    super(scope, 'Deployments', {
      stackName: stackName(stage, 'deployments'),
      description: `Gradual deployments, stage ${stage.name}`,
      env: { region: stage.region },
    });
    this.#props = props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    accept(role, DEPLOYMENT_ROLE);
    const application = new CfnApplication(this, 'Application', {
      applicationName: deploymentApplicationName(stage),
      computePlatform: 'Lambda',
    });
    const routes: readonly Route[] = [
      ...endpoints.map(({ id, method, path }) => ({ id, resource: { method, path } })),
      { id: fallbackId },
    ];
    for (const route of routes) this.#group(route, role).addResourceDependency(application);
  }

  #group(route: Route, role: Role): CfnDeploymentGroup {
    const { stage, deployment } = this.#props;
    const alarm = this.#alarm(route);
    return new CfnDeploymentGroup(this, `${constructId(route)}Group`, {
      applicationName: deploymentApplicationName(stage),
      deploymentGroupName: functionName(stage, route.id),
      serviceRoleArn: role.roleArn,
      deploymentConfigName: CONFIGURATIONS[deployment],
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: [{ name: alarm.alarmName }] },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
    });
  }

  #alarm(route: Route): Alarm {
    const { stage } = this.#props;
    const period = Duration.minutes(1);
    const died = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensionsMap: { FunctionName: functionName(stage, route.id), Resource: liveFunctionName(stage, route.id) },
      statistic: Stats.SUM,
      period,
    });
    const failed = this.#failed(route, period);
    return new Alarm(this, `${constructId(route)}Rollback`, {
      alarmName: rollbackAlarmName(stage, route.id),
      alarmDescription: `New code of ${route.id} fails: CodeDeploy takes its deployment back. Pages nobody.`,
      metric: failed
        ? new MathExpression({
            expression: 'FILL(died, 0) + FILL(failed, 0)',
            usingMetrics: { died, failed },
            label: `Failures of ${route.id}`,
            period,
          })
        : died,
      threshold: failed ? FAILURES : 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Answers of 5xx on the function's route, from the gateway's detailed metrics. */
  #failed({ resource }: Route, period: Duration): Metric | undefined {
    if (!resource) return undefined;
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5XXError',
      dimensionsMap: {
        ApiName: stackName(this.#props.stage, 'api'),
        Stage: DEPLOYMENT_STAGE,
        Method: resource.method,
        Resource: resource.path,
      },
      statistic: Stats.SUM,
      period,
    });
  }
}

const constructId = ({ id }: Route): string => id.split('.').map(pascalCase).join('');
