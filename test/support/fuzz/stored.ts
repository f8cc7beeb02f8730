import { ListObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { dynamoDbClient, OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import type { Item } from '../../../shared/platform/writes.ts';
import type { TestStack } from '../local-stack.ts';

/** Everything that the stack keeps, by where it lies: items of tables, objects of buckets, mails and text messages. */
export type Dump = ReadonlyMap<string, Item>;

/** An operator's eyes on what the stack keeps. */
export interface Stored {
  readonly client: DynamoDBDocumentClient;
  /** The physical name of a table. */
  readonly tableOf: (name: string) => string;
  /** Reads everything, when all that follows by itself is done: mails are sent, records are archived. */
  readonly atRest: () => Promise<Dump>;
  readonly close: () => void;
}

/** Far more than streams and their functions take. */
const REST_TIMEOUT_MS = 60_000;
const LOOK_AGAIN_MS = 150;

const itemsOf = async (client: DynamoDBDocumentClient, TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

/** By markers, since the emulator makes continuation tokens with a cipher that OpenSSL no longer has. */
const objectsOf = async (s3: S3Client, Bucket: string): Promise<readonly Item[]> => {
  const objects: Item[] = [];
  let Marker: string | undefined;
  do {
    const { Contents = [], IsTruncated } = await s3.send(new ListObjectsCommand({ Bucket, Marker }));
    for (const { Key, ETag, Size } of Contents) objects.push({ Key, ETag, Size });
    Marker = IsTruncated ? Contents.at(-1)?.Key : undefined;
  } while (Marker !== undefined);
  return objects;
};

/** A table's name without what every name of the stage begins with. */
const shortName = (name: string): string => name.replace(/^bitgin-[^-]+-/, '');

/** The same for the same value: the engine gives attributes and members of sets in any order. */
const ordered = (value: unknown): unknown => {
  if (value instanceof Set) return [...value].map(String).sort();
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, ordered(member)]));
};

/** An attribute as a text. */
export const textOf = (value: unknown): string => JSON.stringify(ordered(value)) ?? '';

const differences = (one: Dump, other: Dump): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((place) => textOf(one.get(place)) !== textOf(other.get(place)));

const waitingMails = (dump: Dump): readonly string[] => [...dump.keys()].filter((place) => place.startsWith('outbox '));

/** Opens the stores of a running stack. */
export const openStored = (stack: TestStack): Stored => {
  const { endpoints, application } = stack.stack;
  const { region, tables, buckets } = application;
  const accessKey = accessKeyOf(OPERATOR);
  const client = DynamoDBDocumentClient.from(dynamoDbClient(endpoints.dynamodb, region, accessKey));
  const credentials = { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret };
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3 });

  const dump = async (): Promise<Dump> => {
    const read = await Promise.all([
      ...tables.map(async ({ name }) =>
        (await itemsOf(client, name)).map((item): [string, Item] => [
          `${shortName(name)} ${String(item['pk'])} ${String(item['sk'])}`,
          item,
        ]),
      ),
      ...buckets.map(async (name) =>
        (await objectsOf(s3, name)).map((item): [string, Item] => [`${shortName(name)} ${String(item['Key'])}`, item]),
      ),
      stack
        .outbox()
        .then(({ emails, sms }) => [
          ...emails.map((mail, index): [string, Item] => [`mails ${index}`, mail]),
          ...sms.map((message, index): [string, Item] => [`messages ${index}`, message]),
        ]),
    ]);
    return new Map(read.flat());
  };

  const atRest = async (): Promise<Dump> => {
    const deadline = performance.now() + REST_TIMEOUT_MS;
    for (let last = await dump(); ;) {
      await sleep(LOOK_AGAIN_MS);
      const now = await dump();
      const restless = [...differences(last, now), ...waitingMails(now)];
      if (restless.length === 0) return now;
      if (performance.now() > deadline) throw new Error(`In ${REST_TIMEOUT_MS} ms no rest: ${restless.join('; ')}.`);
      last = now;
    }
  };

  return {
    client,
    tableOf: (name) => tables.find((table) => shortName(table.name) === name)?.name ?? '',
    atRest,
    close: () => {
      client.destroy();
      s3.destroy();
    },
  };
};
