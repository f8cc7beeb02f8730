import * as z from 'zod';
import { LIVE_ALIAS } from '../../infra/names.ts';
import type { Resource, Synthesis } from './templates.ts';

const queueOf = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const destination = z.object({ OnFailure: z.object({ Destination: queueOf }) });

const mapping = z.object({ FunctionName: z.unknown(), DestinationConfig: destination });
const invoke = z.object({
  FunctionName: z.object({ Ref: z.string() }),
  Qualifier: z.literal(LIVE_ALIAS),
  DestinationConfig: destination,
});
const rule = z.object({
  Targets: z.array(z.object({ Arn: z.object({ Ref: z.string() }), DeadLetterConfig: z.object({ Arn: queueOf }) })),
});
const alias = z.object({ FunctionName: z.object({ Ref: z.string() }), Name: z.literal(LIVE_ALIAS) });

type Resources = Readonly<Record<string, Resource>>;

const ofType = (resources: Resources, type: string): readonly (readonly [id: string, resource: Resource])[] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

const isQueue = (resources: Resources, { 'Fn::GetAtt': [id] }: z.output<typeof queueOf>): boolean =>
  resources[id]?.Type === 'AWS::SQS::Queue';

/** What is wrong with the mappings of streams. */
const mappingProblems = (resources: Resources): readonly string[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(([id, { Properties }]) => {
    const parsed = mapping.safeParse(Properties);
    if (!parsed.success) return [`${id} has no failure destination`];
    return isQueue(resources, parsed.data.DestinationConfig.OnFailure.Destination) ? [] : [`${id} names no queue`];
  });

/** What is wrong with the functions that rules start: both who hands an event over and who runs it must name a queue. */
const ruleProblems = (resources: Resources): readonly string[] => {
  const configured = new Map(
    ofType(resources, 'AWS::Lambda::EventInvokeConfig').flatMap(([, { Properties }]) => {
      const parsed = invoke.safeParse(Properties);
      return parsed.success
        ? [[parsed.data.FunctionName.Ref, parsed.data.DestinationConfig.OnFailure.Destination]]
        : [];
    }),
  );
  return ofType(resources, 'AWS::Events::Rule').flatMap(([id, { Properties }]) => {
    const parsed = rule.safeParse(Properties);
    if (!parsed.success) return [`${id} has a target without a dead-letter queue, or one that is no alias`];
    return parsed.data.Targets.flatMap(({ Arn, DeadLetterConfig }) => {
      const live = alias.safeParse(resources[Arn.Ref]?.Properties);
      if (!live.success) return [`${id} starts ${Arn.Ref}, which is not what is live`];
      const queue = configured.get(live.data.FunctionName.Ref);
      const lacksDeadLetters = !isQueue(resources, DeadLetterConfig.Arn);
      const lacksFailures = !queue || !isQueue(resources, queue);
      return [
        lacksDeadLetters ? `${id} names no queue for what cannot be handed over` : [],
        lacksFailures ? `${live.data.FunctionName.Ref} names no queue for failed runs` : [],
      ].flat();
    });
  });
};

/** Functions that streams or the clock start, and that have nowhere to name what they give up. */
export const asyncProblems = ({ templates }: Synthesis): readonly string[] =>
  Object.values(templates).flatMap(({ Resources }) => mappingProblems(Resources).concat(ruleProblems(Resources)));
