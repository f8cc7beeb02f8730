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

const gatewayOperation = z.looseObject({
  operationId: z.string(),
  'x-amazon-apigateway-integration': z.looseObject({ timeoutInMillis: z.int() }),
});

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

/** What a resource becomes in the copy; `undefined` where it stays. */
type Change = (id: string, resource: unknown) => unknown;

/** Writes a copy of a cloud assembly in which every resource is what `change` makes of it; returns its folder. */
const copied = (assembly: string, change: Change): string => {
  const copy = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const name of readdirSync(assembly)) {
    const [from, to] = [join(assembly, name), join(copy, name)];
    if (!name.endsWith('.template.json')) {
      symlinkSync(from, to);
      continue;
    }
    const parsed = template.parse(JSON.parse(readFileSync(from, 'utf8')));
    const resources = Object.entries(parsed.Resources).map(([id, value]) => [id, change(id, value) ?? value] as const);
    writeFileSync(to, JSON.stringify({ ...parsed, Resources: Object.fromEntries(resources) }));
  }
  return copy;
};

/** Writes a copy of a cloud assembly in which exactly one resource is another; returns its folder. */
const changedCopy = (assembly: string, what: string, change: Change): string => {
  let found = 0;
  const copy = copied(assembly, (id, resource) => {
    const changed = change(id, resource);
    found += changed === undefined ? 0 : 1;
    return changed;
  });
  if (found !== 1) throw new Error(`${found} resources are ${what}, not one.`);
  return copy;
};

/** Writes a copy of a cloud assembly in which one function lacks one grant; returns its folder. */
export const assemblyWithout = (assembly: string, grant: Grant): string =>
  changedCopy(assembly, `a policy of ${grant.construct}`, (id, value) =>
    id.startsWith(`${grant.construct}RoleDefaultPolicy`) ? withoutGrant(value, grant) : undefined,
  );

const lambdaFunction = z.looseObject({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.looseObject({ Timeout: z.int() }),
});

/** Writes a copy in which one function ends so much sooner; returns its folder. */
export const assemblyWithTimeout = (assembly: string, construct: string, seconds: number): string =>
  changedCopy(assembly, `the function ${construct}`, (id, value) => {
    const found = id.startsWith(`${construct}Function`) ? lambdaFunction.safeParse(value).data : undefined;
    return found && { ...found, Properties: { ...found.Properties, Timeout: seconds } };
  });

/** Writes a copy in which the gateway waits so much shorter for one operation; returns its folder. */
export const assemblyWithPatience = (assembly: string, operationId: string, milliseconds: number): string =>
  changedCopy(assembly, `an API with ${operationId}`, (_id, value) => {
    let found = 0;
    const changed: unknown = JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
      const operation = gatewayOperation.safeParse(part).data;
      if (operation?.operationId !== operationId) return part;
      found += 1;
      const integration = { ...operation['x-amazon-apigateway-integration'], timeoutInMillis: milliseconds };
      return { ...operation, 'x-amazon-apigateway-integration': integration };
    });
    return found === 0 ? undefined : changed;
  });

const withVariables = z.looseObject({
  Properties: z.looseObject({ Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }) }),
});

/** Writes a copy in which one function has another value of an environment variable that it has; returns its folder. */
export const assemblySetting = (
  assembly: string,
  { construct, variable, value }: { readonly construct: string; readonly variable: string; readonly value: string },
): string =>
  changedCopy(assembly, `the function ${construct}`, (id, resource) => {
    const found = id.startsWith(`${construct}Function`) ? withVariables.safeParse(resource).data : undefined;
    if (found && !(variable in found.Properties.Environment.Variables)) {
      throw new Error(`${construct} has no variable ${variable}.`);
    }
    if (found) found.Properties.Environment.Variables[variable] = value;
    return found;
  });

const schedule = z.looseObject({
  Type: z.enum(['AWS::Events::Rule', 'AWS::Scheduler::Schedule']),
  Properties: z.record(z.string(), z.unknown()),
});

/** Writes a copy of a cloud assembly in which nothing runs by the clock; returns its folder. */
export const assemblyWithoutSchedules = (assembly: string): string =>
  copied(assembly, (_id, value) => {
    const { data } = schedule.safeParse(value);
    return data && { ...data, Properties: { ...data.Properties, State: 'DISABLED' } };
  });
