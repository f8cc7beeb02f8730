import { ArnFormat, CfnOutput, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { CfnOIDCProvider, Effect, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { smokeParameter, stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

export interface PipelineStackProps {
  readonly stage: Stage;
  /** `<owner>/<name>` on GitHub. */
  readonly repository: string;
}

/** Who issues the tokens of GitHub's runners, and for whom (GitHub docs, "Configuring OpenID Connect in AWS"). */
const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/** IAM's default and that of GitHub's action; a gradual deployment of every stack, three at a time, takes half of it. */
const SESSION = Duration.hours(1);

/** The roles that `cdk bootstrap` makes. What they may do is decided there, not here. */
const DEPLOYING = ['deploy', 'file-publishing', 'lookup'] as const;
const COMPARING = ['lookup'] as const;

/**
 * Lets the pipeline of one repository in, without any stored key: GitHub signs a token for a job, and AWS gives an hour's
 * credentials for it. Only jobs of the GitHub environment that is named like the stage may deploy, so that who approves
 * there decides. Each stage has an account of its own, and this stack in it.
 */
export class PipelineStack extends Stack {
  readonly #props: PipelineStackProps;
  readonly #providerArn: string;

  constructor(scope: Construct, props: PipelineStackProps) {
    const { stage, repository } = props;
    super(scope, 'Pipeline', {
      stackName: stackName(stage, 'pipeline'),
      description: `Who deploys by GitHub Actions, stage ${stage.name}`,
      env: { region: stage.region },
      terminationProtection: stage.protectData,
    });
    this.#props = props;
    const provider = new CfnOIDCProvider(this, 'GitHub', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] });
    this.#providerArn = provider.attrArn;
    const deploy = this.#role('Deploy', stage.name, `Deploys ${repository} to ${stage.name}`);
    deploy.addToPolicy(this.#assume(DEPLOYING));
    deploy.addToPolicy(this.#readSmokeUser());
    new CfnOutput(this, 'DeployRoleArn', { value: deploy.roleArn, description: 'AWS_ROLE of the GitHub environment' });
    // Pull requests run code that nobody has reviewed: they see dev, and change nothing there.
    if (stage.name !== 'dev') return;
    const compare = this.#role('Diff', `${stage.name}-diff`, `Compares ${repository} with ${stage.name}`);
    compare.addToPolicy(this.#assume(COMPARING));
    new CfnOutput(this, 'DiffRoleArn', { value: compare.roleArn, description: 'AWS_ROLE of the environment dev-diff' });
  }

  #role(id: string, environment: string, description: string): Role {
    return new Role(this, `${id}Role`, {
      description,
      maxSessionDuration: SESSION,
      assumedBy: new WebIdentityPrincipal(this.#providerArn, {
        StringEquals: {
          [`${ISSUER}:aud`]: AUDIENCE,
          [`${ISSUER}:sub`]: `repo:${this.#props.repository}:environment:${environment}`,
        },
      }),
    });
  }

  #assume(kinds: readonly string[]): PolicyStatement {
    const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
    return new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['sts:AssumeRole'],
      resources: kinds.map((kind) =>
        this.formatArn({
          service: 'iam',
          region: '',
          resource: 'role',
          resourceName: `cdk-${qualifier}-${kind}-role-${this.account}-${this.region}`,
        }),
      ),
    });
  }

  /** What `npm run smoke` logs in with. It lies in Parameter Store, so that GitHub keeps no secret. */
  #readSmokeUser(): PolicyStatement {
    return new PolicyStatement({
      actions: ['ssm:GetParameter'],
      resources: [
        this.formatArn({
          service: 'ssm',
          resource: 'parameter',
          resourceName: smokeParameter(this.#props.stage).slice(1),
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ],
    });
  }
}
