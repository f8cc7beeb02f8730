import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { ACCOUNT, PARTITION } from './physical-names.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';

/** A function that runs by the clock: a target of an EventBridge rule or of a Scheduler schedule. */
export interface LocalSchedule {
  /** What the event names as its source. */
  readonly source: 'aws.events' | 'aws.scheduler';
  readonly arn: string;
  readonly region: string;
  /** As declared: `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly functionName: string;
  /** JSON that the function gets in place of the scheduled event. */
  readonly input: string | undefined;
}

const state = z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).default('ENABLED');

/** Strict, so that what would change the event, such as a transformer, is not passed over. */
const ruleTarget = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  Input: z.string().optional(),
  RetryPolicy: z.unknown().optional(),
  DeadLetterConfig: z.unknown().optional(),
});

const ruleProperties = z.object({
  ScheduleExpression: z.string().optional(),
  State: state,
  Targets: z.array(ruleTarget).default([]),
});

const scheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  GroupName: z.string().default('default'),
  State: state,
  Target: z.object({ Arn: z.string(), Input: z.string().optional() }),
});

/** The name in a function's ARN, version or alias left out; undefined for targets of other kinds. */
export const functionNameIn = (arn: string): string | undefined =>
  /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(arn)?.[1];

const fail = (name: string, problem: string): never => {
  throw new Error(`Schedule ${name}: the local stack cannot run it: ${problem}`);
};

const parse = <T>(schema: z.ZodType<T>, { name, properties }: DeployedResource): T => {
  const parsed = schema.safeParse(properties);
  return parsed.success ? parsed.data : fail(name, parsed.error.message);
};

const targetOf = (name: string, arn: string): string =>
  functionNameIn(arn) ?? fail(name, `its target ${arn} is no function.`);

const ruleSchedules = (resource: DeployedResource): readonly LocalSchedule[] => {
  const { ScheduleExpression: expression, State, Targets } = parse(ruleProperties, resource);
  // Rules without one wait for events, and nobody sends any here.
  if (expression === undefined || State === 'DISABLED') return [];
  const { name, stack } = resource;
  const arn = `arn:${PARTITION}:events:${stack.region}:${ACCOUNT}:rule/${name}`;
  return Targets.map(({ Arn, Input }) => ({
    source: 'aws.events',
    arn,
    region: stack.region,
    expression,
    timezone: 'UTC',
    functionName: targetOf(name, Arn),
    input: Input,
  }));
};

const schedulerSchedules = (resource: DeployedResource): readonly LocalSchedule[] => {
  const { ScheduleExpression, ScheduleExpressionTimezone, GroupName, State, Target } = parse(
    scheduleProperties,
    resource,
  );
  if (State === 'DISABLED') return [];
  const { name, stack } = resource;
  return [
    {
      source: 'aws.scheduler',
      arn: `arn:${PARTITION}:scheduler:${stack.region}:${ACCOUNT}:schedule/${GroupName}/${name}`,
      region: stack.region,
      expression: ScheduleExpression,
      timezone: ScheduleExpressionTimezone,
      functionName: targetOf(name, Target.Arn),
      input: Target.Input,
    },
  ];
};

/** The enabled schedules of all stacks. */
export const schedulesOf = (stacks: readonly Stack[]): readonly LocalSchedule[] => [
  ...resourcesOf(stacks, ['AWS::Events::Rule']).flatMap(ruleSchedules),
  ...resourcesOf(stacks, ['AWS::Scheduler::Schedule']).flatMap(schedulerSchedules),
];
