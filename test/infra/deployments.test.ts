import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { deploymentApplicationName, functionName, LIVE_ALIAS, rollbackAlarmName } from '../../infra/names.ts';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf, type Synthesis } from './templates.ts';

const prod = await synthesized('prod');
const gradual = [...ENDPOINTS, FALLBACK_FUNCTION].map(({ id }) => id);

const aliasSchema = z.object({
  Properties: z.object({
    Name: z.literal(LIVE_ALIAS),
    FunctionName: z.object({ Ref: z.string() }),
    FunctionVersion: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Version')]) }),
  }),
  UpdatePolicy: z
    .object({
      CodeDeployLambdaAliasUpdate: z.strictObject({ ApplicationName: z.string(), DeploymentGroupName: z.string() }),
    })
    .optional(),
});

interface LiveAlias {
  readonly functionName: string;
  /** The deployment group that moves it; none where CloudFormation does. */
  readonly group: string | undefined;
}

/** The aliases of a synthesis, each checked to point to a version of its own function. */
const aliasesIn = ({ templates }: Synthesis): readonly LiveAlias[] =>
  Object.values(templates).flatMap(({ Resources }) =>
    Object.values(Resources).flatMap((resource) => {
      if (resource.Type !== 'AWS::Lambda::Alias') return [];
      const { Properties, UpdatePolicy } = aliasSchema.parse(resource);
      const { Ref: id } = Properties.FunctionName;
      const version = Resources[Properties.FunctionVersion['Fn::GetAtt'][0]];
      expect(version).toMatchObject({ Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: id } } });
      const name = Resources[id]?.Properties['FunctionName'];
      return [{ functionName: String(name), group: UpdatePolicy?.CodeDeployLambdaAliasUpdate.DeploymentGroupName }];
    }),
  );

const groupSchema = z.object({
  ApplicationName: z.literal(deploymentApplicationName(STAGES.prod)),
  DeploymentGroupName: z.string(),
  DeploymentConfigName: z.literal('CodeDeployDefault.LambdaCanary10Percent5Minutes'),
  DeploymentStyle: z.strictObject({
    DeploymentType: z.literal('BLUE_GREEN'),
    DeploymentOption: z.literal('WITH_TRAFFIC_CONTROL'),
  }),
  AlarmConfiguration: z.strictObject({
    Enabled: z.literal(true),
    Alarms: z.tuple([z.object({ Name: z.object({ Ref: z.string() }) })]),
  }),
  AutoRollbackConfiguration: z.object({ Enabled: z.literal(true), Events: z.array(z.string()) }),
});

const groups = resourcesOf(prod, 'AWS::CodeDeploy::DeploymentGroup').map(({ Properties }) =>
  groupSchema.parse(Properties),
);

describe('the functions of prod', () => {
  it('are all behind an alias, and those of the public API are moved by a group of their own name', () => {
    const aliases = aliasesIn(prod);
    expect(aliases).toHaveLength(resourcesOf(prod, 'AWS::Lambda::Function').length);
    const moved = aliases.flatMap(({ functionName: name, group }) => (group === undefined ? [] : [[name, group]]));
    const expected = gradual.map((id) => functionName(STAGES.prod, id));
    expect(Object.fromEntries(moved)).toEqual(Object.fromEntries(expected.map((name) => [name, name])));
    expect(groups.map(({ DeploymentGroupName }) => DeploymentGroupName).toSorted()).toEqual(expected.toSorted());
  });

  it('go back by themselves when a deployment fails or its alarm rings', () => {
    for (const { AlarmConfiguration, DeploymentGroupName, AutoRollbackConfiguration } of groups) {
      expect(AutoRollbackConfiguration.Events).toEqual(
        expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      );
      const alarm = prod.templates['Deployments']?.Resources[AlarmConfiguration.Alarms[0].Name.Ref];
      expect(alarm?.Properties['AlarmName']).toBe(`${DeploymentGroupName}-rollback`);
    }
  });

  it.each(ENDPOINTS)(
    '$id goes back when a run dies, or when two answers on its route are 5xx within a minute',
    (endpoint) => {
      const alarm = resourcesOf(prod, 'AWS::CloudWatch::Alarm').find(
        ({ Properties }) => Properties['AlarmName'] === rollbackAlarmName(STAGES.prod, endpoint.id),
      );
      const name = functionName(STAGES.prod, endpoint.id);
      expect(alarm?.Properties).toMatchObject({
        Threshold: 2,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        Metrics: [
          { Expression: 'FILL(died, 0) + FILL(failed, 0)' },
          {
            Id: 'died',
            MetricStat: {
              Stat: 'Sum',
              Period: 60,
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Errors',
                Dimensions: [
                  { Name: 'FunctionName', Value: name },
                  { Name: 'Resource', Value: `${name}:live` },
                ],
              },
            },
          },
          {
            Id: 'failed',
            MetricStat: {
              Stat: 'Sum',
              Metric: {
                Namespace: 'AWS/ApiGateway',
                MetricName: '5XXError',
                Dimensions: [
                  { Name: 'ApiName', Value: 'bitgin-prod-api' },
                  { Name: 'Method', Value: endpoint.method },
                  { Name: 'Resource', Value: endpoint.path },
                  { Name: 'Stage', Value: 'api' },
                ],
              },
            },
          },
        ],
      });
    },
  );
});

describe.each(STAGE_NAMES)('in %s', (stage) => {
  it('functions are moved as the stage says, by CodeDeploy or by CloudFormation at once', async () => {
    const synthesis = await synthesized(stage);
    const moved = aliasesIn(synthesis).filter(({ group }) => group !== undefined);
    expect(moved).toHaveLength(STAGES[stage].deployment === 'at-once' ? 0 : gradual.length);
    const applications = resourcesOf(synthesis, 'AWS::CodeDeploy::Application');
    expect(applications).toHaveLength(STAGES[stage].deployment === 'at-once' ? 0 : 1);
  });

  it('a function has the reservation of the stage, and no more is reserved than a new quota of 1,000 allows', async () => {
    const { reservedConcurrency } = STAGES[stage];
    const reserved = resourcesOf(await synthesized(stage), 'AWS::Lambda::Function').flatMap(({ Properties }) => {
      const runs = Properties['ReservedConcurrentExecutions'];
      return runs === undefined ? [] : [[textOf(Properties['FunctionName']), Number(runs)] as const];
    });
    const expected = Object.entries(reservedConcurrency).map(([id, runs]) => [functionName(STAGES[stage], id), runs]);
    expect(Object.fromEntries(reserved)).toEqual(Object.fromEntries(expected));
    // Lambda lets nobody reserve the last 100.
    expect(reserved.reduce((sum, [, runs]) => sum + runs, 0)).toBeLessThanOrEqual(900);
  });

  it('functions and gateways are traced as the stage says', async () => {
    const synthesis = await synthesized(stage);
    const { tracing } = STAGES[stage].observability;
    const gateways = resourcesOf(synthesis, 'AWS::ApiGateway::Stage').map(
      ({ Properties }) => Properties['TracingEnabled'],
    );
    expect(new Set(gateways)).toEqual(new Set([tracing]));
    const functions = resourcesOf(synthesis, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties['TracingConfig'],
    );
    expect(new Set(functions.map((config) => JSON.stringify(config)))).toEqual(
      new Set([tracing ? '{"Mode":"Active"}' : undefined]),
    );
    expect(JSON.stringify(synthesis.templates).includes('xray:PutTraceSegments')).toBe(tracing);
  });

  it('the public API is in maintenance only where the stage says so, and the staff’s never', async () => {
    const { templates } = await synthesized(stage);
    const variablesIn = (stack: string): readonly unknown[] =>
      Object.values(templates[stack]?.Resources ?? {}).flatMap(({ Type, Properties }) =>
        Type === 'AWS::ApiGateway::Stage' ? [Properties['Variables']] : [],
      );
    expect(variablesIn('Api')).toEqual([{ maintenance: STAGES[stage].maintenance }]);
    expect(variablesIn('StaffApi')).toEqual([undefined]);
  });
});
