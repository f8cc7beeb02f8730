import { type AttributeValue, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { TABLE_NAMES, TABLES, type TableName } from '../../../shared/contracts/resources.ts';
import { TEST_CREDENTIALS } from '../document-client.ts';
import { type Engine, testTable } from '../engine.ts';

/** The tables whose items outlive a deployment. */
export const DURABLE_TABLES = TABLE_NAMES.filter((name) => TABLES[name].durable);

/** DynamoDB's own form of an item. */
export type Attributes = Record<string, AttributeValue>;

const line = z.object({
  Item: z.record(
    z.string(),
    z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
  ),
});

const person = z.object({
  name: z.string(),
  userId: z.string(),
  token: z.string(),
  /** Of the authenticator, in base32. */
  key: z.string(),
});

/** What people of yesterday know, and what no table tells. */
const facts = z.object({
  /** When the last of it was written, in epoch milliseconds. */
  at: z.int(),
  sender: z.object({
    ...person.shape,
    apiKey: z.object({ apiKey: z.string(), secret: z.string() }),
    recoveryCode: z.string(),
    /** As it is on the identity card. */
    holder: z.string(),
  }),
  receiver: person,
  /** Whose erasure was ordered. */
  leaver: z.object({ name: z.string() }),
  /** Who registered, and whose mail was not sent yet. */
  newcomer: z.object({ name: z.string() }),
  /** Of a transfer that waits for the mailed link. */
  created: z.int(),
  linkCode: z.string(),
  /** Of one whose link was followed. */
  mailConfirmed: z.int(),
  freezeCode: z.string(),
  /** Reference of a deposit that waits for a second one of the staff. */
  awaiting: z.string(),
});

export type Facts = Readonly<z.output<typeof facts>>;

const fileOf = (shape: string, name: string): string => join(import.meta.dirname, shape, name);

/** What is recorded: `shape-0` is from before items said their shape. */
export const recordedShapes = (): readonly string[] =>
  readdirSync(import.meta.dirname).filter((name) => /^shape-\d+$/.test(name));

/** The items of a table as they were, one a line, as an export of DynamoDB has them. */
export const yesterdayItems = (shape: string, table: TableName): readonly Attributes[] =>
  readFileSync(fileOf(shape, `${table}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)).Item);

export const yesterdayFacts = (shape: string): Facts =>
  facts.parse(JSON.parse(readFileSync(fileOf(shape, 'facts.json'), 'utf8')));

const withClient = async ({ endpoint }: Engine, work: (client: DynamoDBClient) => Promise<void>): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials: TEST_CREDENTIALS });
  try {
    await work(client);
  } finally {
    client.destroy();
  }
};

/** Puts items into a table of a test's engine as they are. */
export const loadItems = (engine: Engine, table: TableName, items: readonly Attributes[]): Promise<void> =>
  withClient(engine, async (client) => {
    for (const Item of items) await client.send(new PutItemCommand({ TableName: testTable(table), Item }));
  });

/** Everything in a table of a test's engine, in the order of its keys. */
export const storedItems = async (engine: Engine, table: TableName): Promise<readonly Attributes[]> => {
  const items: Attributes[] = [];
  await withClient(engine, async (client) => {
    let ExclusiveStartKey: Attributes | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName: testTable(table), ExclusiveStartKey }));
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  });
  const keyOf = ({ pk, sk }: Attributes): string => `${pk?.S}\n${sk?.S}`;
  return items.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
};

/** Writes what lies in the durable tables, and what people know of it, over what is recorded of that shape. */
export const recordShape = async (engine: Engine, shape: string, known: Facts): Promise<void> => {
  mkdirSync(fileOf(shape, ''), { recursive: true });
  for (const table of DURABLE_TABLES) {
    const lines = (await storedItems(engine, table)).map((Item) => JSON.stringify({ Item }));
    writeFileSync(fileOf(shape, `${table}.jsonl`), `${lines.join('\n')}\n`);
  }
  writeFileSync(fileOf(shape, 'facts.json'), `${JSON.stringify(known, null, 2)}\n`);
};

/** What kind of item it is, by its key: the words before its first `#`, without what is one item's own. */
export const kindOf = ({ pk, sk }: Attributes): string => {
  const [partition = '', sort = ''] = [pk?.S, sk?.S].map((key) => key?.split('#')[0]);
  return /^\d*$/.test(sort) ? partition : `${partition}/${sort}`;
};
