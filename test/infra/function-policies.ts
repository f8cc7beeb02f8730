import * as z from 'zod';
import { functionName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { textsOf } from './intrinsics.ts';
import type { Resource, Synthesis } from './templates.ts';

const policySchema = z.object({
  Roles: z.tuple([z.object({ Ref: z.string() })]),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Action: z.union([z.string(), z.array(z.string())]),
        Resource: z.unknown(),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
});

/** A statement of an IAM policy, its values as text. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

/** Every resource of a type with its stack: logical ids are only unique there. */
const withStacks = (
  { templates }: Synthesis,
  type: string,
): readonly (readonly [stack: string, resource: Resource])[] =>
  Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.values(Resources).flatMap((resource) => (resource.Type === type ? [[stack, resource] as const] : [])),
  );

const roleSchema = z.object({
  FunctionName: z.string(),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
});

/** Statements by the stack and role that they are attached to. */
const statementsByRole = (synthesis: Synthesis): ReadonlyMap<string, readonly Statement[]> =>
  new Map(
    withStacks(synthesis, 'AWS::IAM::Policy').map(([stack, { Properties }]) => {
      const { Roles, PolicyDocument } = policySchema.parse(Properties);
      const statements = PolicyDocument.Statement.map(({ Action, Resource, Condition }) => ({
        actions: textsOf(Action),
        resources: textsOf(Resource),
        condition: Condition,
      }));
      return [`${stack}/${Roles[0].Ref}`, statements];
    }),
  );

/** Gives the statements of a function of stage prod by its id; none for an unknown one. */
export const functionPolicies = (synthesis: Synthesis): ((functionId: string) => readonly Statement[]) => {
  const byRole = statementsByRole(synthesis);
  return (functionId) => {
    const [found] = withStacks(synthesis, 'AWS::Lambda::Function').flatMap(([stack, { Properties }]) => {
      const { FunctionName, Role } = roleSchema.parse(Properties);
      return FunctionName === functionName(STAGES.prod, functionId) ? [`${stack}/${Role['Fn::GetAtt'][0]}`] : [];
    });
    return (found === undefined ? undefined : byRole.get(found)) ?? [];
  };
};

/** `{ resource: actions }`, for comparison whatever the statements are merged into. */
export const grantsOf = (statements: readonly Statement[]): Record<string, readonly string[]> => {
  const grants: Record<string, string[]> = {};
  for (const { actions, resources } of statements) {
    for (const resource of resources) grants[resource] = [...(grants[resource] ?? []), ...actions].sort();
  }
  return grants;
};
