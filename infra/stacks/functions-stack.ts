import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { VariableName } from '../../shared/contracts/environment.ts';
import type { ScheduledJob, StreamSource as DeclaredStream } from '../../shared/contracts/jobs.ts';
import type { NativePackage } from '../../shared/contracts/native-packages.ts';
import { BUCKET_NAMES, BUCKETS, type StreamedTable, type Uses } from '../../shared/contracts/resources.ts';
import { ClockSource } from '../constructs/clock-source.ts';
import { EndpointFunction } from '../constructs/endpoint-function.ts';
import { StreamSource } from '../constructs/stream-source.ts';
import { environmentValues } from '../environment.ts';
import { ACCOUNT, type Exception, objectsOf, TEXT_MESSAGES } from '../exceptions.ts';
import { failureStatement, streamStatement, usesStatements } from '../grants.ts';
import { bucketName, failureQueueName, pascalCase, stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

/** What infra needs to know of a function. */
export interface FunctionDeclaration {
  readonly id: string;
  readonly uses: Uses;
  /** How often it runs by itself, as EventBridge writes it. */
  readonly schedule?: ScheduledJob['schedule'] | undefined;
  /** The changes of a table that it runs by. */
  readonly stream?: DeclaredStream | undefined;
  readonly variables: readonly VariableName[];
  /** Where the stage's memory is not right for it. */
  readonly memoryMb?: number | undefined;
  readonly native?: readonly NativePackage[] | undefined;
  /** Whether new code takes its traffic little by little, where the stage has it so. */
  readonly gradual?: boolean;
}

/** The folder that is a function's asset. */
export type BundleOf = (functionId: string, native: readonly NativePackage[]) => string;

export interface FunctionsStackProps {
  readonly stage: Stage;
  readonly domain: string;
  readonly functions: readonly FunctionDeclaration[];
  /** Customer key of the durable tables. */
  readonly key: IKey;
  readonly secretsKey: IKey;
  readonly fingerprintsKey: IKey;
  readonly streamArn: (table: StreamedTable) => string;
  readonly bundleOf: BundleOf;
}

/** The functions of one domain. */
export class FunctionsStack extends Stack {
  readonly #props: FunctionsStackProps;

  constructor(scope: Construct, props: FunctionsStackProps) {
    const { stage, domain } = props;
    super(scope, `${pascalCase(domain)}Functions`, {
      stackName: stackName(stage, `functions-${domain}`),
      description: `Functions of ${domain}, stage ${stage.name}`,
      env: { region: stage.region },
    });
    this.#props = props;
    for (const declaration of props.functions) {
      const id = pascalCase(declaration.id.slice(domain.length + 1));
      const { live } = new EndpointFunction(this, id, {
        stage,
        functionId: declaration.id,
        bundle: props.bundleOf(declaration.id, declaration.native ?? []),
        memoryMb: declaration.memoryMb ?? stage.memoryMb,
        environment: environmentValues(stage, this.account, declaration.variables),
        statements: this.#statements(declaration),
        exceptions: this.#exceptions(declaration.uses),
        gradual: declaration.gradual ?? false,
      });
      this.#trigger(id, live, declaration);
    }
  }

  #exceptions({ sms, buckets }: Uses): readonly Exception[] {
    const used = BUCKET_NAMES.filter((name) => buckets?.[name]).map((name) => BUCKETS[name]);
    const keys = used.map(({ purpose, prefix }) => objectsOf(bucketName(this.#props.stage, purpose, ACCOUNT), prefix));
    return [...(sms ? [TEXT_MESSAGES] : []), ...keys];
  }

  #statements({ id, uses, schedule, stream }: FunctionDeclaration): readonly PolicyStatement[] {
    const { stage, key, secretsKey, fingerprintsKey, streamArn } = this.#props;
    const context = {
      stack: this,
      stage,
      keyArn: key.keyArn,
      secretsKeyArn: secretsKey.keyArn,
      fingerprintsKeyArn: fingerprintsKey.keyArn,
    };
    const queue = { service: 'sqs', resource: failureQueueName(stage, id), arnFormat: ArnFormat.NO_RESOURCE_NAME };
    return [
      ...usesStatements(uses, context, stream?.table),
      ...(stream ? [streamStatement(streamArn(stream.table))] : []),
      ...(stream || schedule ? [failureStatement(this.formatArn(queue))] : []),
    ];
  }

  /** What runs a function that no route calls. */
  #trigger(id: string, live: Alias, { id: functionId, schedule, stream }: FunctionDeclaration): void {
    const { stage, streamArn } = this.#props;
    const queueName = failureQueueName(stage, functionId);
    if (schedule) new ClockSource(this, `${id}Clock`, { live, ruleId: `${id}Schedule`, queueName, schedule });
    if (stream) {
      new StreamSource(this, `${id}Stream`, {
        // @ts-expect-error -- Alias and IFunction of CDK 2.275 disagree on `role` under exactOptionalPropertyTypes.
        lambda: live,
        streamArn: streamArn(stream.table),
        queueName,
        declared: stream,
      });
    }
  }
}
