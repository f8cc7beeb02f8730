import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const template = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** Puts more resources into one template of a fixture assembly, and returns the assembly's folder. */
export const withResources = (
  assembly: string,
  name: 'data' | 'functions' | 'api',
  resources: Readonly<Record<string, unknown>>,
): string => {
  const file = join(assembly, `${name}.json`);
  const { Resources, ...rest } = template.parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...rest, Resources: { ...Resources, ...resources } }));
  return assembly;
};
