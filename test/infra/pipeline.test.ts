import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { buildPipeline } from '../../infra/pipeline.ts';

const contextSchema = z.object({ context: z.record(z.string(), z.unknown()) });

const role = z.object({
  Properties: z.strictObject({
    AssumeRolePolicyDocument: z.object({
      Statement: z.tuple([
        z.object({
          Action: z.literal('sts:AssumeRoleWithWebIdentity'),
          Effect: z.literal('Allow'),
          Principal: z.object({ Federated: z.unknown() }),
          Condition: z.strictObject({ StringEquals: z.record(z.string(), z.string()) }),
        }),
      ]),
    }),
    MaxSessionDuration: z.literal(3600),
    Description: z.string(),
  }),
});

const statements = z.object({
  Properties: z.object({
    PolicyDocument: z.object({
      Statement: z.array(z.object({ Action: z.string(), Effect: z.literal('Allow'), Resource: z.unknown() })),
    }),
  }),
});

describe('the stack that lets the pipeline in', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  const template = (stage: string, repository: unknown = 'acme/exchange'): Template => {
    const { context } = contextSchema.parse(JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')));
    const app = new App({ outdir, context: { ...context, stage, repository }, analyticsReporting: false });
    const stack = buildPipeline(app);
    app.synth();
    return Template.fromStack(stack);
  };

  const trusted = (built: Template): readonly Record<string, string>[] =>
    Object.values(built.findResources('AWS::IAM::Role')).map(
      (found) => role.parse(found).Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals,
    );

  it.each(['staging', 'prod'])('trusts one environment of one repository in %s, and no star', (stage) => {
    expect(trusted(template(stage))).toEqual([
      {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:acme/exchange:environment:${stage}`,
      },
    ]);
  });

  it('lets jobs assume the roles of the bootstrap and read the user of the smoke; in dev requests may look', () => {
    const built = template('dev');
    const subjects = trusted(built).map((condition) => condition['token.actions.githubusercontent.com:sub']);
    expect(subjects).toEqual(['repo:acme/exchange:environment:dev', 'repo:acme/exchange:environment:dev-diff']);
    const policies = Object.values(built.findResources('AWS::IAM::Policy')).map(
      (found) => statements.parse(found).Properties.PolicyDocument.Statement,
    );
    const given = policies.map((all) => all.map(({ Action }) => Action));
    expect(given).toEqual([['sts:AssumeRole', 'ssm:GetParameter'], ['sts:AssumeRole']]);
    const named = policies.map((all) => [...JSON.stringify(all).matchAll(/cdk-hnb659fds-([a-z-]+)-role-/g)]);
    expect(named.map((roles) => roles.map(([, kind]) => kind))).toEqual([
      ['deploy', 'file-publishing', 'lookup'],
      ['lookup'],
    ]);
    expect(JSON.stringify(policies)).not.toContain('*');
  });

  it.each(['', 'acme', 'acme/*', 'acme/exchange:environment:prod'])('refuses the repository %j', (given) => {
    expect(() => template('dev', given)).toThrow('-c repository=<owner>/<name>');
  });
});
