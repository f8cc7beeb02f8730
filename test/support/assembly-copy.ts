import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

/** One action on one resource, in the policy of one function. */
export interface Grant {
  /** As the function's construct is called, such as `Register`. */
  readonly construct: string;
  readonly action: string;
  /** Something that the statement's resource contains, such as a table's name. */
  readonly resource: string;
}

const template = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });
const statement = z.looseObject({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() });

/** The policy without the action; a statement that had no other is left with one that nobody calls. */
const withoutGrant = (policy: unknown, { action, resource }: Grant): unknown => {
  let removed = 0;
  const changed: unknown = JSON.parse(JSON.stringify(policy), (_key, value: unknown) => {
    const parsed = statement.safeParse(value);
    if (!parsed.success || !JSON.stringify(parsed.data.Resource).includes(resource)) return value;
    const actions = [parsed.data.Action].flat();
    const kept = actions.filter((one) => one !== action);
    removed += actions.length - kept.length;
    return { ...parsed.data, Action: kept.length > 0 ? kept : ['none:Left'] };
  });
  if (removed !== 1) throw new Error(`${action} on ${resource} stands ${removed} times in the policy, not once.`);
  return changed;
};

const functionResource = z.looseObject({
  Properties: z.looseObject({ Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }) }),
});

/**
 * Writes a copy of a cloud assembly with another text for the one resource that is picked by its logical id.
 *
 * @returns the folder of the copy.
 */
const copyWith = (
  assembly: string,
  picked: (logicalId: string) => boolean,
  changed: (resource: unknown) => unknown,
): string => {
  const copy = mkdtempSync(join(tmpdir(), 'assembly-'));
  let found = 0;
  for (const name of readdirSync(assembly)) {
    const [from, to] = [join(assembly, name), join(copy, name)];
    if (!name.endsWith('.template.json')) {
      symlinkSync(from, to);
      continue;
    }
    const parsed = template.parse(JSON.parse(readFileSync(from, 'utf8')));
    const resources = Object.entries(parsed.Resources).map(([id, value]): [string, unknown] => {
      if (!picked(id)) return [id, value];
      found += 1;
      return [id, changed(value)];
    });
    writeFileSync(to, JSON.stringify({ ...parsed, Resources: Object.fromEntries(resources) }));
  }
  if (found !== 1) throw new Error(`${found} resources were to be changed, not one.`);
  return copy;
};

/** A copy in which one function lacks one grant. */
export const assemblyWithout = (assembly: string, grant: Grant): string =>
  copyWith(
    assembly,
    (id) => id.startsWith(`${grant.construct}RoleDefaultPolicy`),
    (policy) => withoutGrant(policy, grant),
  );

/** A copy in which one function has another value of an environment variable that it has. */
export const assemblySetting = (
  assembly: string,
  { construct, variable, value }: { readonly construct: string; readonly variable: string; readonly value: string },
): string =>
  copyWith(
    assembly,
    (id) => id.startsWith(`${construct}Function`),
    (resource) => {
      const parsed = functionResource.parse(resource);
      const { Variables } = parsed.Properties.Environment;
      if (!(variable in Variables)) throw new Error(`${construct} has no variable ${variable}.`);
      Variables[variable] = value;
      return parsed;
    },
  );
