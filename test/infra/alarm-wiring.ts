import * as z from 'zod';
import type { Resource, Synthesis } from './templates.ts';

const reference = z.object({ Ref: z.string() });

const telling = z.object({ AlarmActions: z.array(reference).min(1), OKActions: z.array(reference).min(1) });

const group = z.object({
  AlarmConfiguration: z.object({ Enabled: z.literal(true), Alarms: z.array(z.object({ Name: reference })) }),
  AutoRollbackConfiguration: z.object({ Enabled: z.literal(true), Events: z.array(z.string()) }),
});

type Resources = Readonly<Record<string, Resource>>;

const tellsTopics = (resources: Resources, properties: unknown): boolean => {
  const { data } = telling.safeParse(properties);
  return data
    ? [...data.AlarmActions, ...data.OKActions].every(({ Ref }) => resources[Ref]?.Type === 'AWS::SNS::Topic')
    : false;
};

/** The alarms that take a deployment back. */
const ofDeployments = (resources: Resources): ReadonlySet<string> =>
  new Set(
    Object.values(resources).flatMap(({ Type, Properties }) => {
      const { data } = Type === 'AWS::CodeDeploy::DeploymentGroup' ? group.safeParse(Properties) : {};
      const stops = data?.AutoRollbackConfiguration.Events.includes('DEPLOYMENT_STOP_ON_ALARM') ?? false;
      return data && stops ? data.AlarmConfiguration.Alarms.map(({ Name }) => Name.Ref) : [];
    }),
  );

/** Alarms that go off and are heard by nobody: neither a topic is told, nor is a deployment taken back. */
export const unheardAlarms = ({ templates }: Synthesis): readonly string[] =>
  Object.values(templates).flatMap(({ Resources }) => {
    const rollbacks = ofDeployments(Resources);
    return Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type !== 'AWS::CloudWatch::Alarm' || rollbacks.has(id) || tellsTopics(Resources, Properties)
        ? []
        : [`${id} goes off and nobody hears of it`],
    );
  });
