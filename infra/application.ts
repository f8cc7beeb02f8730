import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { effectiveUses } from '../shared/contracts/effective-uses.ts';
import type { EndpointSpec } from '../shared/contracts/endpoint.ts';
import { environmentOf, HTTP_VARIABLES } from '../shared/contracts/environment.ts';
import { environmentOfJob, type JobSpec } from '../shared/contracts/jobs.ts';
import { domainOf } from '../shared/contracts/registry.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { MailStack } from './stacks/mail-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { StaffApiStack } from './stacks/staff-api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { DeploymentsStack } from './stacks/deployments-stack.ts';
import { type BundleOf, type FunctionDeclaration, FunctionsStack } from './stacks/functions-stack.ts';
import type { Stage } from './stages.ts';

export interface Application {
  readonly data: DataStack;
  /** By domain. */
  readonly functions: ReadonlyMap<string, FunctionsStack>;
  readonly api: ApiStack;
  readonly staffApi: StaffApiStack;
  readonly observability: ObservabilityStack;
}

export interface ApplicationInput {
  readonly stage: Stage;
  readonly endpoints: readonly EndpointSpec[];
  readonly fallbackId: string;
  readonly staff: {
    readonly endpoints: readonly EndpointSpec[];
    readonly fallbackId: string;
  };
  readonly jobs: readonly JobSpec[];
  /** Whether new code takes all traffic at once for this one time, whatever the stage says. */
  readonly atOnce?: boolean;
  /** The folder with the bundle of a function and the native packages it declares; throws when there is none. */
  readonly bundleOf: BundleOf;
}

/**
 * Only what the public API calls: of jobs and of the staff's functions too little is heard in the minutes that a deployment
 * takes (docs/decisions/0009-new-code-comes-by-an-alias.md).
 */
const isGradual = ({ stage, atOnce, endpoints, fallbackId }: ApplicationInput, functionId: string): boolean =>
  stage.deployment !== 'at-once' &&
  atOnce !== true &&
  (functionId === fallbackId || endpoints.some(({ id }) => id === functionId));

const declarationsOf = (input: ApplicationInput): readonly FunctionDeclaration[] => [
  ...[...input.endpoints, ...input.staff.endpoints].map((endpoint) => ({
    id: endpoint.id,
    gradual: isGradual(input, endpoint.id),
    uses: effectiveUses(endpoint),
    variables: environmentOf(endpoint),
    memoryMb: endpoint.memoryMb,
    native: endpoint.native,
  })),
  ...[input.fallbackId, input.staff.fallbackId].map((id) => ({
    id,
    gradual: isGradual(input, id),
    uses: {},
    variables: HTTP_VARIABLES,
  })),
  ...input.jobs.map((job) => ({
    id: job.id,
    uses: job.uses,
    variables: environmentOfJob(job),
    schedule: job.schedule,
    stream: job.stream,
  })),
];

const deploymentsOf = (app: App, { stage, endpoints, fallbackId }: ApplicationInput): DeploymentsStack | undefined =>
  stage.deployment === 'at-once'
    ? undefined
    : new DeploymentsStack(app, { stage, deployment: stage.deployment, endpoints, fallbackId });

/** Builds every stack of a stage into an app, with the checks that a synthesis must pass. */
export const buildApplication = (app: App, input: ApplicationInput): Application => {
  const { stage, bundleOf } = input;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const data = new DataStack(app, stage);
  const deployments = deploymentsOf(app, input);
  const mail = new MailStack(app, stage);
  const byDomain = Map.groupBy(declarationsOf(input), ({ id }) => domainOf(id));
  const functions = new Map(
    [...byDomain].map(([domain, declarations]) => [
      domain,
      new FunctionsStack(app, {
        stage,
        domain,
        functions: declarations,
        key: data.key,
        secretsKey: data.secretsKey,
        fingerprintsKey: data.fingerprintsKey,
        streamArn: (table) => data.streamArn(table),
        bundleOf,
      }),
    ]),
  );
  const api = new ApiStack(app, { stage, endpoints: input.endpoints, fallbackId: input.fallbackId });
  const staffApi = new StaffApiStack(app, { stage, ...input.staff });
  const observability = new ObservabilityStack(app, stage);
  // A gateway names functions without referring to them, so CloudFormation does not see the order by itself.
  for (const stack of functions.values()) {
    stack.addStackDependency(data);
    if (deployments) stack.addStackDependency(deployments);
    stack.addStackDependency(mail);
    api.addStackDependency(stack);
    staffApi.addStackDependency(stack);
  }
  // It makes the role that both gateways log with.
  staffApi.addStackDependency(api);
  return { data, functions, api, staffApi, observability };
};
