import type { Core, TableWith } from '../../platform/platform.ts';
import type { Item, Key } from '../../platform/writes.ts';

/** A piece of an erasure, done as far as time goes. `true` when nothing is left of it. Doing it again does no harm. */
export type Step = (isOver: () => boolean) => Promise<boolean>;

/** Items deleted at once. */
const PAGE = 25;

export const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });

/** Does steps one after the other, each once those before it are done. */
export const inOrder =
  (steps: readonly Step[]): Step =>
  async (isOver) => {
    for (const step of steps) if (isOver() || !(await step(isOver))) return false;
    return true;
  };

/** Deletes all items of a partition whose sort keys begin so. */
export const drain =
  (
    { commit }: Pick<Core, 'commit'>,
    table: TableWith<'query' | 'delete'>,
    { partition, sortPrefix }: { readonly partition: string; readonly sortPrefix: string },
  ): Step =>
  async (isOver) => {
    while (!isOver()) {
      const items = await table.query({ partition, sortPrefix, limit: PAGE });
      await Promise.all(items.map((item) => commit([table.delete(keyOf(item))])));
      if (items.length < PAGE) return true;
    }
    return false;
  };

/** Deletes items by their keys, where they are. */
export const remove =
  ({ commit }: Pick<Core, 'commit'>, table: TableWith<'delete'>, ...keys: readonly Key[]): Step =>
  async () => {
    await Promise.all(keys.map((key) => commit([table.delete(key)])));
    return true;
  };
