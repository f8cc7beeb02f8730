import { join } from 'node:path';
import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { ACCOUNT } from './physical-names.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';

/** A Lambda function as its template declares it. */
export interface LocalFunction {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** What else it can be called by. */
  readonly aliases: readonly string[];
  /** The asset's folder. */
  readonly directory: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
}

/** Defaults of Lambda: 3 seconds, 128 MB. */
const properties = z.object({
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).default({}),
});

const metadata = z.object({ 'aws:asset:path': z.string() });

const alias = z.object({ FunctionName: z.string(), Name: z.string() });

/** Names of aliases by the names of their functions. */
const aliasesOf = (stacks: readonly Stack[]): ReadonlyMap<string, readonly string[]> => {
  const aliases = resourcesOf(stacks, ['AWS::Lambda::Alias']).map(({ properties: given }) => alias.parse(given));
  const byFunction = Map.groupBy(aliases, ({ FunctionName }) => FunctionName);
  return new Map([...byFunction].map(([name, own]) => [name, own.map(({ Name }) => Name)]));
};

const functionOf = (
  { name, stack, ...resource }: DeployedResource,
  assembly: string,
  aliases: readonly string[],
): LocalFunction => {
  const { Handler, Timeout, MemorySize, Environment, LoggingConfig } = properties.parse(resource.properties);
  const asset = metadata.safeParse(resource.metadata);
  if (!asset.success)
    throw new Error(`Function ${name} has no aws:asset:path in its metadata: synthesize with asset metadata.`);
  return {
    name,
    region: stack.region,
    arn: `arn:aws:lambda:${stack.region}:${ACCOUNT}:function:${name}`,
    aliases,
    directory: join(assembly, asset.data['aws:asset:path']),
    handler: Handler,
    timeoutMs: Timeout * 1000,
    memoryMb: MemorySize,
    environment: Environment.Variables,
    logGroup: LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
  };
};

/** The functions of all stacks; `assembly` is the folder that asset paths are relative to. */
export const functionsOf = (stacks: readonly Stack[], assembly: string): readonly LocalFunction[] => {
  const aliases = aliasesOf(stacks);
  return resourcesOf(stacks, ['AWS::Lambda::Function']).map((resource) =>
    functionOf(resource, assembly, aliases.get(resource.name) ?? []),
  );
};
