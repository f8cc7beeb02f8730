import * as z from 'zod';

/** An item in DynamoDB's JSON: attributes with their types. */
export const item = z.record(z.string(), z.unknown());

export type Item = Readonly<z.output<typeof item>>;

/** An item's table and its key attributes. */
export interface ItemKey {
  readonly table: string;
  readonly key: Item;
}

/** Reads items with strong consistency; those that do not exist are left out. */
export type ReadItems = (
  keys: readonly ItemKey[],
) => Promise<readonly { readonly table: string; readonly item: Item }[]>;

/** Remembers what items were before they were last written. */
export interface Versions {
  /** Reads what is about to be written over; the result is to be called once the write was done. */
  readonly beforeWrite: (keys: readonly ItemKey[]) => Promise<() => void>;
  /** The version before the last write, null when there was no item; undefined when no write was seen. */
  readonly previous: (key: ItemKey) => Item | null | undefined;
  /** The key attributes of an item of a table; undefined when it lacks one. */
  readonly keyOf: (table: string, from: Item) => ItemKey | undefined;
  readonly clear: () => void;
}

/** How many items are remembered; the one written longest ago is forgotten first. */
const MOST_ITEMS = 10_000;

/** @param keyNames the key attributes by table. */
export const createVersions = (keyNames: ReadonlyMap<string, readonly string[]>, read: ReadItems): Versions => {
  const versions = new Map<string, Item | null>();
  const identity = ({ table, key }: ItemKey): string =>
    JSON.stringify([table, ...(keyNames.get(table) ?? []).map((name) => key[name])]);

  const keyOf = (table: string, from: Item): ItemKey | undefined => {
    const names = keyNames.get(table);
    if (names === undefined || names.some((name) => from[name] === undefined)) return undefined;
    return { table, key: Object.fromEntries(names.map((name) => [name, from[name]])) };
  };

  const remember = (id: string, version: Item | null): void => {
    versions.delete(id);
    versions.set(id, version);
    const [oldest] = versions.keys();
    if (versions.size > MOST_ITEMS && oldest !== undefined) versions.delete(oldest);
  };

  return {
    keyOf,
    previous: (key) => versions.get(identity(key)),
    beforeWrite: async (keys) => {
      const found = await read(keys);
      const before = new Map(found.map(({ table, item: kept }) => [identity({ table, key: kept }), kept]));
      return () => {
        for (const id of keys.map(identity)) remember(id, before.get(id) ?? null);
      };
    },
    clear: () => versions.clear(),
  };
};
