import { Duration, Stack } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept, type Exception, logStreams, TRACING } from '../exceptions.ts';
import { logGroupArn, logStatement } from '../grants.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../limits.ts';
import { functionLogGroupName, functionName } from '../names.ts';
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
}

/** One function with a role, a policy and a log group of its own: four resources. */
export class EndpointFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    const { stage, functionId } = props;
    const logGroupName = functionLogGroupName(stage, functionId);
    const logGroup = new KeptLogGroup(this, 'Logs', stage, logGroupName);
    const role = this.#role(props, logGroupArn(Stack.of(this), logGroupName));
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: functionName(stage, functionId),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: props.memoryMb,
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
      environment: props.environment,
      tracing: stage.observability.tracing ? Tracing.ACTIVE : Tracing.PASS_THROUGH,
      role,
      logGroup,
    });
  }

  /** The role starts empty: no managed policy, so that all it may do is in its own one. */
  #role(props: EndpointFunctionProps, ownLogGroupArn: string): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const statement of [logStatement(ownLogGroupArn), ...props.statements]) role.addToPrincipalPolicy(statement);
    // CDK adds the tracing statement itself when it makes the function.
    const printedArn = `arn:aws:logs:${props.stage.region}:<AWS::AccountId>:log-group:${functionLogGroupName(props.stage, props.functionId)}`;
    accept(role, TRACING, logStreams(printedArn), ...props.exceptions);
    return role;
  }
}
