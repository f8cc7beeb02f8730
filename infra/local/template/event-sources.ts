import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { eventFilter, type EventFilter } from './event-filter.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';
import { functionNameIn } from './schedules.ts';

/** A function that gets the changes of a table: an event-source mapping with a stream. */
export interface LocalEventSource {
  /** The same on every start. */
  readonly id: string;
  readonly functionName: string;
  readonly region: string;
  readonly table: string;
  /** As the template has it; events name it. */
  readonly streamArn: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisectsOnError: boolean;
  /** Tries after the first one. */
  readonly maxRetries: number;
  readonly maxRecordAgeMs: number;
  readonly reportsItemFailures: boolean;
  /** The queue that is told about records given up. */
  readonly failureQueue: string | undefined;
  readonly filter: EventFilter;
}

/** Streams forget after a day, whatever a mapping says. */
const RETENTION_MS = 24 * 3_600_000;

/** Defaults of Lambda; -1 stands for no limit. */
const properties = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.int().default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.int().default(-1),
  MaximumRecordAgeInSeconds: z.int().default(-1),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string().optional() }).optional() }).default({}),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) })
    .default({ Filters: [] }),
});

const queueNameOf = (id: string, arn: string): string => {
  const name = /^arn:[^:]+:sqs:[^:]*:[^:]*:([^:]+)$/.exec(arn)?.[1];
  if (name === undefined) throw new Error(`Event source ${id}: its failure destination ${arn} is no queue.`);
  return name;
};

const tableOf = (id: string, arn: string): string => {
  const table = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//.exec(arn)?.[1];
  if (table === undefined) throw new Error(`Event source ${id}: the local stack knows table streams only, not ${arn}.`);
  return table;
};

/** The name in `<name>` or `<name>:<alias>`. */
const withoutQualifier = (functionName: string): string => functionName.split(':', 1)[0] ?? functionName;

const limit = (declared: number): number => (declared === -1 ? Infinity : declared);

const eventSourceOf = ({ name: id, stack, properties: given }: DeployedResource): readonly LocalEventSource[] => {
  const declared = properties.safeParse(given);
  if (!declared.success) throw new Error(`Event source ${id}: ${declared.error.message}`);
  const { FunctionName, EventSourceArn, DestinationConfig, ...rest } = declared.data;
  if (!rest.Enabled) return [];
  const destination = DestinationConfig.OnFailure?.Destination;
  return [
    {
      id,
      functionName: functionNameIn(FunctionName) ?? withoutQualifier(FunctionName),
      region: stack.region,
      table: tableOf(id, EventSourceArn),
      streamArn: EventSourceArn,
      batchSize: rest.BatchSize,
      batchingWindowMs: rest.MaximumBatchingWindowInSeconds * 1000,
      startingPosition: rest.StartingPosition,
      bisectsOnError: rest.BisectBatchOnFunctionError,
      maxRetries: limit(rest.MaximumRetryAttempts),
      maxRecordAgeMs: Math.min(limit(rest.MaximumRecordAgeInSeconds) * 1000, RETENTION_MS),
      reportsItemFailures: rest.FunctionResponseTypes.length > 0,
      failureQueue: destination === undefined ? undefined : queueNameOf(id, destination),
      filter: eventFilter(rest.FilterCriteria.Filters.map(({ Pattern }) => Pattern)),
    },
  ];
};

/** The enabled event-source mappings of all stacks. */
export const eventSourcesOf = (stacks: readonly Stack[]): readonly LocalEventSource[] =>
  resourcesOf(stacks, ['AWS::Lambda::EventSourceMapping']).flatMap(eventSourceOf);
