import * as z from 'zod';
import type { Resource, Stack } from './assembly.ts';
import { ACCOUNT, attribute, PARTITION, reference, URL_SUFFIX } from './physical-names.ts';

/** Turns a value of a stack's template into what CloudFormation would deploy. */
export type Resolver = (stack: Stack, value: unknown) => unknown;

interface Scope {
  readonly stack: Stack;
  readonly resolve: (value: unknown) => unknown;
  readonly importValue: (name: string) => unknown;
}

/** What AWS::NoValue resolves to; objects and lists drop it. */
const NO_VALUE = Symbol('AWS::NoValue');

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const record = z.record(z.string(), z.unknown());
const list = z.array(z.unknown());

const fail = (scope: Scope, problem: string): never => {
  throw new Error(`Stack ${scope.stack.name}: ${problem}`);
};

const stringOf = (scope: Scope, value: unknown): string => {
  const resolved = text.safeParse(scope.resolve(value));
  return resolved.success ? resolved.data : fail(scope, `${JSON.stringify(value)} is not a string once resolved`);
};

const listOf = (scope: Scope, value: unknown): readonly unknown[] => {
  const resolved = list.safeParse(scope.resolve(value));
  return resolved.success ? resolved.data : fail(scope, `${JSON.stringify(value)} is not a list once resolved`);
};

const pseudoParameter = (name: string, { stack }: Scope): unknown => {
  switch (name) {
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::NoValue':
      return NO_VALUE;
    case 'AWS::Partition':
      return PARTITION;
    case 'AWS::Region':
      return stack.region;
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return `arn:${PARTITION}:cloudformation:${stack.region}:${ACCOUNT}:stack/${stack.name}/local`;
    case 'AWS::URLSuffix':
      return URL_SUFFIX;
    default:
      return undefined;
  }
};

const resourceOf = (scope: Scope, logicalId: string): Resource =>
  scope.stack.template.Resources[logicalId] ?? fail(scope, `there is no resource "${logicalId}" to refer to`);

const ref = (argument: unknown, scope: Scope): unknown => {
  const name = z.string().parse(argument);
  const pseudo = pseudoParameter(name, scope);
  if (pseudo !== undefined) return pseudo;
  const parameter = scope.stack.template.Parameters[name];
  if (parameter !== undefined) return parameter.Default ?? fail(scope, `parameter "${name}" has no default value`);
  return reference(scope.stack, name, resourceOf(scope, name), scope.resolve);
};

const getAtt = (argument: unknown, scope: Scope): unknown => {
  const path = typeof argument === 'string' ? argument.split('.') : listOf(scope, argument).map(String);
  const [logicalId = '', ...rest] = path;
  const name = rest.join('.');
  const resource = resourceOf(scope, logicalId);
  return (
    attribute(scope.stack, logicalId, resource, name, scope.resolve) ??
    fail(scope, `Fn::GetAtt of "${logicalId}.${name}": the local stack does not know ${name} of ${resource.Type}`)
  );
};

const substitute = (template: string, variables: Readonly<Record<string, unknown>>, scope: Scope): string =>
  template.replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(variables, name)) return stringOf(scope, variables[name]);
    return stringOf(scope, name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
  });

const sub = (argument: unknown, scope: Scope): unknown => {
  if (typeof argument === 'string') return substitute(argument, {}, scope);
  const [template, variables] = z.tuple([z.string(), record]).parse(argument);
  return substitute(template, variables, scope);
};

const condition = (name: unknown, scope: Scope): boolean => {
  const known = z.string().parse(name);
  if (!Object.hasOwn(scope.stack.template.Conditions, known)) fail(scope, `there is no condition "${known}"`);
  return scope.resolve(scope.stack.template.Conditions[known]) === true;
};

const choose = (argument: unknown, scope: Scope): unknown => {
  const [name, whenTrue, whenFalse] = z.tuple([z.string(), z.unknown(), z.unknown()]).parse(argument);
  return scope.resolve(condition(name, scope) ? whenTrue : whenFalse);
};

const findInMap = (argument: unknown, scope: Scope): unknown => {
  const [map = '', first = '', second = ''] = listOf(scope, argument).map(String);
  return (
    scope.stack.template.Mappings[map]?.[first]?.[second] ?? fail(scope, `no ${map}.${first}.${second} in Mappings`)
  );
};

const select = (argument: unknown, scope: Scope): unknown => {
  const [index, values] = z.tuple([z.unknown(), z.unknown()]).parse(argument);
  const at = stringOf(scope, index);
  return listOf(scope, values)[Number(at)] ?? fail(scope, `Fn::Select finds nothing at ${at}`);
};

const INTRINSICS: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: ref,
  Condition: condition,
  'Fn::And': (argument, scope) => listOf(scope, argument).every((value) => value === true),
  'Fn::Base64': (argument, scope) => Buffer.from(stringOf(scope, argument)).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(scope, argument);
    return String(left) === String(right);
  },
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::If': choose,
  'Fn::ImportValue': (argument, scope) => scope.importValue(stringOf(scope, argument)),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = z.tuple([z.string(), z.unknown()]).parse(argument);
    return listOf(scope, parts).map(String).join(separator);
  },
  'Fn::Not': (argument, scope) => listOf(scope, argument)[0] !== true,
  'Fn::Or': (argument, scope) => listOf(scope, argument).includes(true),
  'Fn::Select': select,
  'Fn::Split': (argument, scope) => {
    const [separator, value] = z.tuple([z.string(), z.unknown()]).parse(argument);
    return stringOf(scope, value).split(separator);
  },
  'Fn::Sub': sub,
};

const intrinsicOf = (value: Readonly<Record<string, unknown>>): string | undefined => {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  return key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof value[key] === 'string')
    ? key
    : undefined;
};

const resolveIn = (scope: Scope, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(scope.resolve).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const members = record.parse(value);
  const name = intrinsicOf(members);
  if (name !== undefined) {
    const intrinsic = INTRINSICS[name] ?? fail(scope, `the local stack does not know the intrinsic function ${name}`);
    return intrinsic(members[name], scope);
  }
  const resolved = Object.entries(members).map(([key, member]) => [key, scope.resolve(member)] as const);
  return Object.fromEntries(resolved.filter(([, member]) => member !== NO_VALUE));
};

/** A resolver over stacks that may import each other's exports. Unknown functions and references throw, by name. */
export const createResolver = (stacks: readonly Stack[]): Resolver => {
  const importValue = (name: string): unknown => {
    for (const stack of stacks) {
      const scope = scopeOf(stack);
      const found = Object.values(stack.template.Outputs).find((output) => scope.resolve(output.Export?.Name) === name);
      if (found !== undefined) return scope.resolve(found.Value);
    }
    throw new Error(`Fn::ImportValue: no stack exports "${name}"`);
  };
  const scopeOf = (stack: Stack): Scope => {
    const scope: Scope = { stack, importValue, resolve: (value) => resolveIn(scope, value) };
    return scope;
  };
  return (stack, value) => {
    const resolved = scopeOf(stack).resolve(value);
    return resolved === NO_VALUE ? undefined : resolved;
  };
};
