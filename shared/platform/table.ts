import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { ofKnownShape, shaped, shapedUpdate } from './item-shape.ts';
import {
  ABSENT,
  type Condition,
  deletion,
  check,
  type Item,
  type Key,
  put,
  update,
  type UpdateSpec,
  type Write,
} from './writes.ts';

/**
 * One table as a function sees it. Reads happen at once; writes are only described, and done by `commit`,
 * alone or together in one transaction. Which methods a function has is what its contract declares in `uses`.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** At most 100 keys, read in one round trip; missing items are left out. */
  batchGet(keys: readonly Key[]): Promise<readonly Item[]>;
  query(spec: QuerySpec): Promise<readonly Item[]>;
  /** Everything, page by page: items of one partition come together, in the order of their sort keys. */
  scan(spec: ScanSpec): Promise<ScanPage>;
  put(item: Item & Key, condition?: Condition): Write;
  /** A put that is refused where an item of that key is. */
  append(item: Item & Key): Write;
  update(key: Key, spec: UpdateSpec): Write;
  delete(key: Key, condition?: Condition): Write;
  check(key: Key, condition: Condition): Write;
}

/** Items of one partition, in the order of their sort keys. */
export interface QuerySpec {
  readonly partition: string;
  readonly sortPrefix: string;
  /** Where to begin among them, this sort key included. */
  readonly sortFrom?: string;
  /** Where to end among them, this sort key included. */
  readonly sortTo?: string;
  readonly limit: number;
  readonly newestFirst?: boolean;
  /** Ends where DynamoDB ends a page, at 1 MB, so that it takes one round trip whatever the items hold. */
  readonly firstPageOnly?: boolean;
}

/** A page of everything. */
export interface ScanSpec {
  /** Items at most; a page ends after 1 MB too. */
  readonly limit: number;
  /** Where the page before ended; whether that item is there still does not matter. */
  readonly after?: Key | undefined;
}

export interface ScanPage {
  readonly items: readonly Item[];
  /** Where it ended; `undefined` on the last one. */
  readonly next: Key | undefined;
}

/** DynamoDB left keys of a batch unread, which it does when it is throttled. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** Reads are strongly consistent: what was revoked, spent or taken must show in the very next request. */
const ConsistentRead = true;

/** Pages of at most 1 MB each that one query may take: far more than any caller asks for. */
const QUERY_PAGES = 20;

const queryAll = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  { partition, sortPrefix, sortFrom, sortTo, limit, newestFirst = false, firstPageOnly = false }: QuerySpec,
): Promise<readonly Item[]> => {
  const from = sortFrom ?? sortPrefix;
  // The last code point of all, so that everything with the prefix sorts before it.
  const to = sortTo ?? `${sortPrefix}\u{10FFFF}`;
  // Nothing lies between bounds the wrong way round, and DynamoDB takes them for a mistake.
  if (from > to) return [];
  const items: Item[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  for (let page = 0; page < QUERY_PAGES; page += 1) {
    const command = new QueryCommand({
      TableName,
      ConsistentRead,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
      ScanIndexForward: !newestFirst,
      Limit: limit - items.length,
      ExclusiveStartKey,
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command);
    items.push(...Items.map(ofKnownShape));
    if (!LastEvaluatedKey || items.length >= limit || firstPageOnly) return items;
    ExclusiveStartKey = LastEvaluatedKey;
  }
  throw new StoreBusyError(`A query of ${limit} items took more than ${QUERY_PAGES} pages.`);
};

const keyOf = (key: Readonly<Record<string, unknown>> | undefined): Key | undefined =>
  typeof key?.['pk'] === 'string' && typeof key['sk'] === 'string' ? { pk: key['pk'], sk: key['sk'] } : undefined;

const scanPage = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  { limit, after }: ScanSpec,
): Promise<ScanPage> => {
  const command = new ScanCommand({
    TableName,
    ConsistentRead,
    Limit: limit,
    ...(after && { ExclusiveStartKey: { ...after } }),
  });
  const { Items = [], LastEvaluatedKey } = await client.send(command);
  return { items: Items.map(ofKnownShape), next: keyOf(LastEvaluatedKey) };
};

/** What becomes of items that are written, by whether they outlive a deployment. */
const DURABLE = { shaped, shapedUpdate };
const EPHEMERAL = { shaped: (item: Item): Item => item, shapedUpdate: (spec: UpdateSpec): UpdateSpec => spec };

/**
 * Items of a durable table say their shape, and what is read is of a known one.
 *
 * @throws NewerShapeError from reads that meet an item of another.
 */
export const createTable = (
  client: DynamoDBDocumentClient,
  TableName: string,
  { durable = true }: { readonly durable?: boolean } = {},
): Table => {
  const shape = durable ? DURABLE : EPHEMERAL;
  return {
    get: async (Key) => ofKnownShape((await client.send(new GetCommand({ TableName, Key, ConsistentRead }))).Item),
    batchGet: async (keys) => {
      const request = { [TableName]: { Keys: [...keys], ConsistentRead } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: request }));
      if (UnprocessedKeys?.[TableName]) throw new StoreBusyError('The store left keys of a batch unread. Try again.');
      return (Responses?.[TableName] ?? []).map(ofKnownShape);
    },
    query: (spec) => queryAll(client, TableName, spec),
    scan: (spec) => scanPage(client, TableName, spec),
    put: (item, condition) => put(TableName, shape.shaped(item), condition),
    append: (item) => put(TableName, shape.shaped(item), ABSENT),
    update: (key, spec) => update(TableName, key, shape.shapedUpdate(spec)),
    delete: (key, condition) => deletion(TableName, key, condition),
    check: (key, condition) => check(TableName, key, condition),
  };
};
