import { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { VariableName } from '../../shared/contracts/environment.ts';
import type { Uses } from '../../shared/contracts/resources.ts';
import { EndpointFunction } from '../constructs/endpoint-function.ts';
import { environmentValues } from '../environment.ts';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { TEXT_MESSAGES } from '../exceptions.ts';
import { usesStatements } from '../grants.ts';
import { pascalCase, stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

/** What infra needs to know of a function. */
export interface FunctionDeclaration {
  readonly id: string;
  readonly uses: Uses;
  /** How often it runs by itself, as EventBridge writes it. */
  readonly schedule?: string;
  readonly variables: readonly VariableName[];
}

export interface FunctionsStackProps {
  readonly stage: Stage;
  readonly domain: string;
  readonly functions: readonly FunctionDeclaration[];
  /** Customer key of the durable tables. */
  readonly key: IKey;
  /** The folder with the bundle of a function. */
  readonly bundleOf: (functionId: string) => string;
}

/** The functions of one domain. */
/** A run that fails is tried once more; the next one comes by itself. */
const SCHEDULE_RETRIES = 1;

export class FunctionsStack extends Stack {
  constructor(scope: Construct, props: FunctionsStackProps) {
    const { stage, domain } = props;
    super(scope, `${pascalCase(domain)}Functions`, {
      stackName: stackName(stage, `functions-${domain}`),
      description: `Functions of ${domain}, stage ${stage.name}`,
      env: { region: stage.region },
    });
    for (const declaration of props.functions) {
      const operation = declaration.id.slice(domain.length + 1);
      const { lambda } = new EndpointFunction(this, pascalCase(operation), {
        stage,
        functionId: declaration.id,
        bundle: props.bundleOf(declaration.id),
        environment: environmentValues(stage, declaration.variables),
        statements: usesStatements(declaration.uses, { stack: this, stage, keyArn: props.key.keyArn }),
        exceptions: declaration.uses.sms ? [TEXT_MESSAGES] : [],
      });
      if (declaration.schedule) {
        new Rule(this, `${pascalCase(operation)}Schedule`, {
          schedule: Schedule.expression(declaration.schedule),
          targets: [new LambdaTarget(lambda, { retryAttempts: SCHEDULE_RETRIES })],
        });
      }
    }
  }
}
