import type { Resource, Stack } from './assembly.ts';
import { createResolver, type Resolver } from './intrinsics.ts';
import { type Resolve, physicalName } from './physical-names.ts';

/** A resource that would be deployed, with its properties resolved. */
export interface DeployedResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly name: string;
  readonly properties: unknown;
  readonly metadata: Resource['Metadata'];
}

const exists = (stack: Stack, { Condition }: Resource, resolver: Resolver): boolean =>
  Condition === undefined || resolver(stack, { Condition }) === true;

const deployed = (stack: Stack, logicalId: string, resource: Resource, resolver: Resolver): DeployedResource => {
  const resolve: Resolve = (value) => resolver(stack, value);
  return {
    stack,
    logicalId,
    name: physicalName(stack, logicalId, resource, resolve),
    properties: resolve(resource.Properties),
    metadata: resource.Metadata,
  };
};

/** Every resource of the given types, over all stacks, whose condition holds. */
export const resourcesOf = (stacks: readonly Stack[], types: readonly string[]): readonly DeployedResource[] => {
  const resolver = createResolver(stacks);
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, resource]) => types.includes(resource.Type) && exists(stack, resource, resolver))
      .map(([logicalId, resource]) => deployed(stack, logicalId, resource, resolver)),
  );
};
