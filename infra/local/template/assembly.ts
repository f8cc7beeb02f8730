import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const resource = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});

const output = z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() });

const template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z.record(z.string(), output).default({}),
});

const artifact = z.object({
  type: z.string(),
  environment: z.string().optional(),
  properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).default({}),
});

const manifest = z.object({ artifacts: z.record(z.string(), artifact) });

export type Resource = z.output<typeof resource>;
export type Template = z.output<typeof template>;

/** One stack of a synthesized application. */
export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly template: Template;
}

const STACK = 'aws:cloudformation:stack';

/** Reads a template as CloudFormation would get it. Throws a ZodError when it is none. */
export const parseTemplate = (value: unknown): Template => template.parse(value);

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const regionOf = (environment: string | undefined, stack: string): string => {
  const region = environment === undefined ? undefined : /^aws:\/\/[^/]+\/([a-z0-9-]+)$/.exec(environment)?.[1];
  if (region === undefined || region === 'unknown-region') {
    throw new Error(`Stack ${stack} names no region (environment: ${environment ?? 'none'}). Give its stage one.`);
  }
  return region;
};

/** The stacks of the cloud assembly in a folder, in the order of its manifest. */
export const readAssembly = (directory: string): readonly Stack[] => {
  const { artifacts } = manifest.parse(readJson(join(directory, 'manifest.json')));
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties }]) => {
    if (type !== STACK || properties.templateFile === undefined) return [];
    const name = properties.stackName ?? id;
    const body = parseTemplate(readJson(join(directory, properties.templateFile)));
    return [{ name, region: regionOf(environment, name), template: body }];
  });
};
