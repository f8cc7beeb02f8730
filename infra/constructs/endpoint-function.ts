import { Duration, Stack } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  CfnAlias,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept, type Exception, logStreams, TRACING } from '../exceptions.ts';
import { logGroupArn, logStatement } from '../grants.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../limits.ts';
import { deploymentApplicationName, functionLogGroupName, functionName, LIVE_ALIAS } from '../names.ts';
import type { Stage } from '../stages.ts';
import { KeptLogGroup } from './kept-log-group.ts';

export interface EndpointFunctionProps {
  readonly stage: Stage;
  /** `<domain>.<operation>`. */
  readonly functionId: string;
  /** Folder with the bundle, `index.js` exporting `handler`. */
  readonly bundle: string;
  readonly memoryMb: number;
  readonly environment: Record<string, string>;
  /** What it may do beside logging and tracing. */
  readonly statements: readonly PolicyStatement[];
  /** Wildcards in those statements, beside the ones of logging and tracing. */
  readonly exceptions: readonly Exception[];
  /** Whether CodeDeploy moves the alias, by the function's own deployment group. */
  readonly gradual: boolean;
}

/** One function with a role, a policy and a log group of its own, and a version under an alias: six resources. */
export class EndpointFunction extends Construct {
  /** What is live. Nothing calls the function by any other name. */
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    const { stage, functionId } = props;
    const logGroupName = functionLogGroupName(stage, functionId);
    const logGroup = new KeptLogGroup(this, 'Logs', stage, logGroupName);
    const role = this.#role(props, logGroupArn(Stack.of(this), logGroupName));
    const lambda = new LambdaFunction(this, 'Function', {
      functionName: functionName(stage, functionId),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: props.memoryMb,
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
      environment: props.environment,
      tracing: stage.observability.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...this.#reservation(props),
      role,
      logGroup,
    });
    this.live = this.#alias(lambda, props);
  }

  #reservation({ stage, functionId }: EndpointFunctionProps): { readonly reservedConcurrentExecutions?: number } {
    const reserved = stage.reservedConcurrency[functionId];
    return reserved === undefined ? {} : { reservedConcurrentExecutions: reserved };
  }

  /** A new version is published when code or configuration differ; the alias moves to it, and then the old one goes. */
  #alias(lambda: LambdaFunction, { stage, functionId, gradual }: EndpointFunctionProps): Alias {
    // @ts-expect-error -- Version and IVersion of CDK 2.275 disagree on `role` under exactOptionalPropertyTypes.
    const alias = new Alias(this, 'Live', { aliasName: LIVE_ALIAS, version: lambda.currentVersion });
    const resource = alias.node.defaultChild;
    if (gradual && resource instanceof CfnAlias) {
      resource.cfnOptions.updatePolicy = {
        codeDeployLambdaAliasUpdate: {
          applicationName: deploymentApplicationName(stage),
          deploymentGroupName: functionName(stage, functionId),
        },
      };
    }
    return alias;
  }

  /** The role starts empty: no managed policy, so that all it may do is in its own one. */
  #role(props: EndpointFunctionProps, ownLogGroupArn: string): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const statement of [logStatement(ownLogGroupArn), ...props.statements]) role.addToPrincipalPolicy(statement);
    // CDK adds the tracing statement itself when it makes a function that is traced.
    const printedArn = `arn:aws:logs:${props.stage.region}:<AWS::AccountId>:log-group:${functionLogGroupName(props.stage, props.functionId)}`;
    accept(role, ...(props.stage.observability.tracing ? [TRACING] : []), logStreams(printedArn), ...props.exceptions);
    return role;
  }
}
