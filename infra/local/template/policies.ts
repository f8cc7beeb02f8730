import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { ACCOUNT, PARTITION } from './physical-names.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';

/** One condition of a statement: `{ "StringEquals": { "kms:ViaService": […] } }`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of an IAM policy, its resources resolved. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
  /** Elements that this machine does not understand, such as NotAction. */
  readonly unknownElements: readonly string[];
}

/** What a function may do: the policies of its role. */
export interface FunctionPolicy {
  readonly roleName: string;
  readonly statements: readonly Statement[];
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.union([text.transform((one) => [one]), z.array(text)]);

const statement = z
  .looseObject({
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.default([]),
    Resource: texts.default([]),
    Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
  })
  .transform(({ Effect, Action, Resource, Condition: conditions, Sid: _sid, ...others }): Statement => ({
    effect: Effect,
    actions: Action,
    resources: Resource,
    conditions: Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
    ),
    unknownElements: Object.keys(others),
  }));

const document = z.object({
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

const role = z.object({ Policies: z.array(z.object({ PolicyDocument: document })).default([]) });
const attached = z.object({ PolicyDocument: document, Roles: z.array(z.string()).default([]) });
const lambda = z.object({ Role: z.string().optional() });

const statementsByRole = (stacks: readonly Stack[]): ReadonlyMap<string, readonly Statement[]> => {
  const inline = resourcesOf(stacks, ['AWS::IAM::Role']).flatMap(({ name, properties }) =>
    role
      .parse(properties)
      .Policies.map(({ PolicyDocument }) => ({ roleName: name, statements: PolicyDocument.Statement })),
  );
  const policies = resourcesOf(stacks, ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']).flatMap(({ properties }) => {
    const { PolicyDocument, Roles } = attached.parse(properties);
    return Roles.map((roleName) => ({ roleName, statements: PolicyDocument.Statement }));
  });
  const grouped = Map.groupBy([...inline, ...policies], ({ roleName }) => roleName);
  return new Map([...grouped].map(([name, parts]) => [name, parts.flatMap(({ statements }) => statements)]));
};

const roleNameOf = ({ properties }: DeployedResource): string => {
  const prefix = `arn:${PARTITION}:iam::${ACCOUNT}:role/`;
  const arn = lambda.parse(properties).Role ?? '';
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : arn;
};

/**
 * What each function may do, by its name: the inline policies of its role and those attached to it. Policies that
 * AWS manages are no part of any template, so they grant nothing here.
 */
export const policiesOf = (stacks: readonly Stack[]): ReadonlyMap<string, FunctionPolicy> => {
  const statements = statementsByRole(stacks);
  const functions = resourcesOf(stacks, ['AWS::Lambda::Function']);
  return new Map(
    functions.map((resource) => {
      const roleName = roleNameOf(resource);
      return [resource.name, { roleName, statements: statements.get(roleName) ?? [] }];
    }),
  );
};
