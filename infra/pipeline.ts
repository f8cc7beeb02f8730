import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { stageOf } from './stages.ts';

/** As GitHub has it; anything wider, such as a star, would let others in. */
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;

const repositoryOf = (given: unknown): string => {
  if (typeof given === 'string' && REPOSITORY.test(given)) return given;
  throw new Error(`The repository is ${JSON.stringify(given)}. Say which one: -c repository=<owner>/<name>`);
};

/** Builds the pipeline's stack of a stage into an app of its own: it is deployed by hand, once, by an administrator. */
export const buildPipeline = (app: App): PipelineStack => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return new PipelineStack(app, {
    stage: stageOf(app.node.tryGetContext('stage')),
    repository: repositoryOf(app.node.tryGetContext('repository')),
  });
};

if (import.meta.main) {
  const app = new App();
  buildPipeline(app);
  app.synth();
}
