import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DataDirectory } from '../data-directory.ts';
import type { LocalFunction } from '../template/functions.ts';
import type { LocalKey } from '../template/keys.ts';
import type { LocalTable } from '../template/tables.ts';
import { type AccessKey, accessKeyOf } from '../workers/access-key.ts';
import type { Endpoints } from '../workers/environment.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb.ts';
import { type Kms, startKms } from './kms.ts';
import { type S3, startS3 } from './s3.ts';
import { type Ses, startSes } from './ses.ts';
import { type Sns, startSns } from './sns.ts';
import { deleteTables, ensureTables, requireSharedTables } from './tables.ts';

/** The AWS services of this machine. */
export interface Emulators {
  readonly dynamodb: DynamoDb;
  readonly kms: Kms;
  readonly s3: S3;
  readonly ses: Ses;
  readonly sns: Sns;
}

export interface EmulatorOptions {
  readonly data: DataDirectory;
  readonly dynamodbEndpoint: string | undefined;
  readonly dynamodbBinary: string | undefined;
  /** The time at which mails and messages are kept, in epoch milliseconds. */
  readonly now: () => number;
}

/** What the templates want to exist in them. */
export interface Resources {
  readonly tables: readonly LocalTable[];
  readonly buckets: readonly string[];
  readonly keys: readonly LocalKey[];
  readonly functions: readonly LocalFunction[];
}

const STOPPABLE = ['dynamodb', 'kms', 's3', 'ses', 'sns'] as const;

export const stopEmulators = async (emulators: Emulators): Promise<void> => {
  await Promise.all(STOPPABLE.map((name) => emulators[name].stop()));
};

export const endpointsOf = ({ dynamodb, kms, s3, ses, sns }: Emulators): Endpoints => ({
  dynamodb: dynamodb.endpoint,
  kms: kms.endpoint,
  s3: s3.endpoint,
  ses: ses.endpoint,
  sns: sns.endpoint,
});

/** Starts all of them at once; when one fails, stops the others and throws what it threw. */
export const startEmulators = async ({ data, now, ...options }: EmulatorOptions): Promise<Emulators> => {
  const started = await Promise.allSettled([
    startDynamoDb({ file: data.dynamodb, endpoint: options.dynamodbEndpoint, binary: options.dynamodbBinary }),
    startKms(data.kms),
    startS3(data.s3),
    startSes(data.emails, now),
    startSns(data.sms, now),
  ]);
  const [dynamodb, kms, s3, ses, sns] = started;
  if (
    dynamodb.status === 'fulfilled' &&
    kms.status === 'fulfilled' &&
    s3.status === 'fulfilled' &&
    ses.status === 'fulfilled' &&
    sns.status === 'fulfilled'
  ) {
    return { dynamodb: dynamodb.value, kms: kms.value, s3: s3.value, ses: ses.value, sns: sns.value };
  }
  await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
  throw started.find((one) => one.status === 'rejected')?.reason;
};

/** A client of the DynamoDB in use. The SDK retries by itself, three times at most. */
export const dynamoDbClient = (endpoint: string, region: string, { id, secret }: AccessKey): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: id, secretAccessKey: secret } });

/** The name under which the stack itself calls the emulators. */
export const OPERATOR = 'local-operator';

/** Makes what the templates declare exist; another's DynamoDB is emptied here when asked, for no file of ours holds it. */
export const provision = async (emulators: Emulators, resources: Resources, fresh: boolean): Promise<void> => {
  const { tables, buckets, keys, functions } = resources;
  emulators.kms.configure(keys);
  const { endpoint, own } = emulators.dynamodb;
  const region = tables[0]?.region ?? 'us-east-1';
  const operator = dynamoDbClient(endpoint, region, accessKeyOf(OPERATOR));
  const someFunction = dynamoDbClient(endpoint, region, accessKeyOf('some-function'));
  const callers = [OPERATOR, ...functions.map(({ name }) => name)].map(accessKeyOf);
  try {
    if (fresh && !own) await deleteTables(operator, tables);
    await Promise.all([ensureTables(operator, tables), emulators.s3.configure(buckets, callers)]);
    if (!own) await requireSharedTables(someFunction, tables);
  } finally {
    operator.destroy();
    someFunction.destroy();
  }
};
