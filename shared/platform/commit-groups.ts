import type { Commit } from './commit.ts';
import type { Item, Write } from './writes.ts';

/** Writes by what they are for, so that a refusal can be told by its reason. */
export type Groups<G extends string> = Readonly<Record<G, readonly Write[]>>;

export type GroupsResult<G extends string> =
  | { readonly committed: true }
  | {
      readonly committed: false;
      /** The groups that hold a refused write, each with the item that stood in the way of the first one, if any did. */
      readonly refused: ReadonlyMap<G, Item | undefined>;
    };

const isGroup = <G extends string>(groups: Groups<G>, name: string): name is G => Object.hasOwn(groups, name);

/**
 * Does all writes of all groups in one transaction, in the order of the groups, or none.
 *
 * @throws StoreBusyError as `commit` does.
 */
export const commitGroups = async <G extends string>(commit: Commit, groups: Groups<G>): Promise<GroupsResult<G>> => {
  const names = Object.keys(groups).filter((name) => isGroup(groups, name));
  const owners = names.flatMap((name) => groups[name].map(() => name));
  const result = await commit(names.flatMap((name) => groups[name]));
  if (result.committed) return { committed: true };
  const refused = new Map<G, Item | undefined>();
  for (const { index, item } of result.refusals) {
    const owner = owners[index];
    if (owner !== undefined && !refused.has(owner)) refused.set(owner, item);
  }
  return { committed: false, refused };
};
