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

/** Writes a copy of a cloud assembly in which every resource is what `change` makes of it; returns its folder. */
const copied = (assembly: string, change: (id: string, resource: unknown) => unknown): string => {
  const copy = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const name of readdirSync(assembly)) {
    const [from, to] = [join(assembly, name), join(copy, name)];
    if (!name.endsWith('.template.json')) {
      symlinkSync(from, to);
      continue;
    }
    const parsed = template.parse(JSON.parse(readFileSync(from, 'utf8')));
    const resources = Object.entries(parsed.Resources).map(([id, value]) => [id, change(id, value)] as const);
    writeFileSync(to, JSON.stringify({ ...parsed, Resources: Object.fromEntries(resources) }));
  }
  return copy;
};

/** Writes a copy of a cloud assembly in which one function lacks one grant; returns its folder. */
export const assemblyWithout = (assembly: string, grant: Grant): string => {
  let found = 0;
  const copy = copied(assembly, (id, value) => {
    if (!id.startsWith(`${grant.construct}RoleDefaultPolicy`)) return value;
    found += 1;
    return withoutGrant(value, grant);
  });
  if (found !== 1) throw new Error(`${found} policies belong to ${grant.construct}, not one.`);
  return copy;
};

const schedule = z.looseObject({
  Type: z.enum(['AWS::Events::Rule', 'AWS::Scheduler::Schedule']),
  Properties: z.record(z.string(), z.unknown()),
});

/** Writes a copy of a cloud assembly in which nothing runs by the clock; returns its folder. */
export const assemblyWithoutSchedules = (assembly: string): string =>
  copied(assembly, (_id, value) => {
    const parsed = schedule.safeParse(value);
    if (!parsed.success) return value;
    return { ...parsed.data, Properties: { ...parsed.data.Properties, State: 'DISABLED' } };
  });
