import * as z from 'zod';
import { item, type Item, type Versions } from './versions.ts';

const projection = z.object({
  ProjectionExpression: z.string().optional(),
  AttributesToGet: z.array(z.string()).optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ConsistentRead: z.boolean().default(false),
});

const get = projection.extend({ TableName: z.string(), Key: item });
const batchGet = z.object({ RequestItems: z.record(z.string(), projection.extend({ Keys: z.array(item) })) });
const query = projection.extend({ TableName: z.string() });

const got = z.looseObject({ Item: item.optional() });
const gotBatch = z.looseObject({ Responses: z.record(z.string(), z.array(item)) });
const found = z.looseObject({ Items: z.array(item), Count: z.number() });

type Projection = z.output<typeof projection>;

/** Only the attributes that were asked for; of a nested path, the whole attribute that it begins with. */
const project = (
  version: Item,
  { ProjectionExpression, AttributesToGet, ExpressionAttributeNames }: Projection,
): Item => {
  const paths = ProjectionExpression?.split(',') ?? AttributesToGet;
  if (paths === undefined) return version;
  const first = paths.map((path) => path.trim().split(/[.[]/, 1)[0] ?? '');
  const names = new Set(first.map((name) => ExpressionAttributeNames[name] ?? name));
  return Object.fromEntries(Object.entries(version).filter(([name]) => names.has(name)));
};

type Rewrite = (payload: unknown, answer: unknown, versions: Versions) => unknown;

const rewriteGet: Rewrite = (payload, answer, versions) => {
  const [asked, given] = [get.safeParse(payload), got.safeParse(answer)];
  if (!asked.success || !given.success || asked.data.ConsistentRead) return undefined;
  const previous = versions.previous({ table: asked.data.TableName, key: asked.data.Key });
  if (previous === undefined) return undefined;
  const { Item: _now, ...rest } = given.data;
  return previous === null ? rest : { ...rest, Item: project(previous, asked.data) };
};

const rewriteBatchGet: Rewrite = (payload, answer, versions) => {
  const [asked, given] = [batchGet.safeParse(payload), gotBatch.safeParse(answer)];
  if (!asked.success || !given.success) return undefined;
  let changed = false;
  const responses = Object.entries(asked.data.RequestItems).map(([table, request]): [string, readonly Item[]] => {
    const now = given.data.Responses[table] ?? [];
    const stale = request.ConsistentRead ? [] : request.Keys.map((key) => versions.previous({ table, key }));
    if (stale.every((version) => version === undefined)) return [table, now];
    changed = true;
    const fresh = now.filter((one) => {
      const key = versions.keyOf(table, one);
      return key !== undefined && versions.previous(key) === undefined;
    });
    return [table, [...fresh, ...stale.flatMap((version) => (version ? [project(version, request)] : []))]];
  });
  return changed ? { ...given.data, Responses: Object.fromEntries(responses) } : undefined;
};

/**
 * Items that were written over show as they were, and items that are new do not show. What a filter or a limit would
 * have made of the older versions, and items deleted since, are beyond this: those answers are only nearly as AWS
 * could give them.
 */
const rewriteQuery: Rewrite = (payload, answer, versions) => {
  const [asked, given] = [query.safeParse(payload), found.safeParse(answer)];
  if (!asked.success || !given.success || asked.data.ConsistentRead) return undefined;
  let changed = false;
  const items = given.data.Items.flatMap((now) => {
    const key = versions.keyOf(asked.data.TableName, now);
    const previous = key && versions.previous(key);
    if (previous === undefined) return [now];
    changed = true;
    return previous === null ? [] : [project(previous, asked.data)];
  });
  return changed ? { ...given.data, Items: items, Count: items.length } : undefined;
};

const REWRITES: Readonly<Record<string, Rewrite>> = {
  BatchGetItem: rewriteBatchGet,
  GetItem: rewriteGet,
  Query: rewriteQuery,
  Scan: rewriteQuery,
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What an eventually consistent read may answer: the version of an item before its last write. Undefined when the
 * read was consistent, or saw nothing that was written since versions are remembered.
 */
export const staleAnswer = (
  { operation, payload }: { readonly operation: string; readonly payload?: unknown },
  answer: string,
  versions: Versions,
): string | undefined => {
  const rewrite = Object.hasOwn(REWRITES, operation) ? REWRITES[operation] : undefined;
  const rewritten = rewrite?.(payload, parse(answer), versions);
  return rewritten === undefined ? undefined : JSON.stringify(rewritten);
};
