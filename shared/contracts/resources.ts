import type { Setting } from './settings/setting.ts';

/**
 * The data resources of the system and what a function may do with them, as data:
 * infra reads it to make tables, grants and environments, the runtime to build what a handler receives.
 */

/**
 * Tables by bounded context. `durable` ones are backed up, protected and encrypted with the customer key;
 * `variable` is the environment variable that carries the physical name; `stream` gives changes, with the item as it is
 * after them, to the jobs that ask for them.
 */
export const TABLES = {
  users: { durable: true, variable: 'USERS_TABLE' },
  kyc: { durable: true, variable: 'KYC_TABLE' },
  ledger: { durable: true, variable: 'LEDGER_TABLE' },
  market: { durable: true, variable: 'MARKET_TABLE' },
  /** Who of the staff did what. Items are appended and read; no function may change or delete one. */
  audit: { durable: true, stream: true, variable: 'AUDIT_TABLE' },
  /** Captchas, codes, counters, nonces: worthless after they expire. */
  ephemeral: { durable: false, variable: 'EPHEMERAL_TABLE' },
  /** Mails that are still to be sent. */
  outbox: { durable: true, stream: true, variable: 'OUTBOX_TABLE' },
} as const satisfies Record<string, { readonly durable: boolean; readonly stream?: true; readonly variable: string }>;

export type TableName = keyof typeof TABLES;

/** The tables whose changes can start a job. */
export type StreamedTable = {
  [T in TableName]: (typeof TABLES)[T] extends { readonly stream: true } ? T : never;
}[TableName];

export const isStreamed = (table: TableName): table is StreamedTable => 'stream' in TABLES[table];

/** Key and time-to-live attributes, the same in every table. `ttl` is in epoch seconds. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', timeToLive: 'ttl' } as const;

/** What a function can do with a table, by the IAM action it needs. A transaction needs the action of each of its items. */
export const TABLE_ACTIONS = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  scan: 'dynamodb:Scan',
  put: 'dynamodb:PutItem',
  /** A put that refuses to replace what is there. */
  append: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

export type TableAction = keyof typeof TABLE_ACTIONS;

/**
 * What is kept encrypted under the key of secrets, by what it is for. The value stands in every encryption context, and
 * grants name it: a function that reads secrets of one purpose can read no other. Changing a value makes everything
 * that was encrypted with it unreadable.
 */
export const SECRET_PURPOSES = {
  /** Keys of time-based one-time passwords. */
  totp: 'totp',
  /** Numbers and holders of bank accounts. */
  bankAccount: 'bankAccount',
  /** Names, birthdays, identity and phone numbers. */
  identity: 'identity',
  /** Secrets of API keys. */
  apiSecret: 'apiSecret',
} as const satisfies Record<string, string>;

export type SecretPurpose = keyof typeof SECRET_PURPOSES;

/** What a function can do with secrets of one purpose, by the IAM action it needs. */
export const SECRET_ACTIONS = { encrypt: 'kms:Encrypt', decrypt: 'kms:Decrypt' } as const;

export type SecretAction = keyof typeof SECRET_ACTIONS;

/**
 * What is found again by keyed fingerprint, by what it is. The value stands before everything that is fingerprinted.
 * Changing one makes nothing be found that was stored before.
 */
export const FINGERPRINT_PURPOSES = {
  identityNumber: 'identityNumber',
  mobilePhone: 'mobilePhone',
} as const satisfies Record<string, string>;

export type FingerprintPurpose = keyof typeof FINGERPRINT_PURPOSES;

/** What a function can do with fingerprints of one purpose, by the IAM action it needs. */
export const FINGERPRINT_ACTIONS = { mac: 'kms:GenerateMac' } as const;

export type FingerprintAction = keyof typeof FINGERPRINT_ACTIONS;

/**
 * Of the present key, part of its alias and stored beside every fingerprint. KMS does not rotate keys of HMACs. What a
 * newer key makes finds nothing of an older one, so before it is used every fingerprint is to be made again with it.
 */
export const FINGERPRINT_KEY_VERSION = 1;

/**
 * Buckets by what they are for, which is part of their name. Functions touch no key but those under `prefix`;
 * `variable` is the environment variable that carries the physical name.
 */
export const BUCKETS = {
  /** Copies of the audit, which nobody can change or delete before their time. */
  auditArchive: { purpose: 'audit-archive', prefix: 'audit/', variable: 'AUDIT_ARCHIVE_BUCKET' },
  /** People's documents, checked. */
  documents: { purpose: 'documents', prefix: 'identity/', variable: 'DOCUMENTS_BUCKET' },
  /** What people have uploaded by themselves and nothing has checked; gone after a day. */
  incoming: { purpose: 'documents', prefix: 'incoming/', variable: 'INCOMING_BUCKET' },
} as const satisfies Record<string, { readonly purpose: string; readonly prefix: string; readonly variable: string }>;

export type BucketName = keyof typeof BUCKETS;

/** What a function can do with a bucket, by the IAM action it needs. */
export const BUCKET_ACTIONS = {
  /** A put that replaces nothing. */
  create: 's3:PutObject',
  put: 's3:PutObject',
  get: 's3:GetObject',
  delete: 's3:DeleteObject',
  /** An address that anybody who has it can read one object by, for a while. */
  link: 's3:GetObject',
  /** A form that anybody who has it can upload one object by, for a while. */
  form: 's3:PutObject',
} as const;

export type BucketAction = keyof typeof BUCKET_ACTIONS;

/** What an endpoint or function declares to use; nothing else is granted to it or handed to it. */
export type Uses = { readonly [T in TableName]?: readonly TableAction[] } & {
  readonly mail?: 'send';
  readonly sms?: 'send';
  readonly secrets?: SecretUses;
  readonly fingerprints?: FingerprintUses;
  readonly buckets?: BucketUses;
  readonly settings?: readonly Setting[];
};

/** What a declaration says of secrets, of fingerprints, and of buckets. */
export type SecretUses = { readonly [P in SecretPurpose]?: readonly SecretAction[] };
export type FingerprintUses = { readonly [P in FingerprintPurpose]?: readonly FingerprintAction[] };
export type BucketUses = { readonly [B in BucketName]?: readonly BucketAction[] };

const isTableName = (name: string): name is TableName => Object.hasOwn(TABLES, name);

export const TABLE_NAMES: readonly TableName[] = Object.keys(TABLES).filter(isTableName);

const isSecretPurpose = (name: string): name is SecretPurpose => Object.hasOwn(SECRET_PURPOSES, name);

export const SECRET_PURPOSE_NAMES: readonly SecretPurpose[] = Object.keys(SECRET_PURPOSES).filter(isSecretPurpose);

const isFingerprintPurpose = (name: string): name is FingerprintPurpose => Object.hasOwn(FINGERPRINT_PURPOSES, name);

export const FINGERPRINT_PURPOSE_NAMES: readonly FingerprintPurpose[] =
  Object.keys(FINGERPRINT_PURPOSES).filter(isFingerprintPurpose);

const isBucketName = (name: string): name is BucketName => Object.hasOwn(BUCKETS, name);

export const BUCKET_NAMES: readonly BucketName[] = Object.keys(BUCKETS).filter(isBucketName);

/** Joins the lists of two declarations by name, each action once; names without an action are left out. */
const mergeActions = <N extends string, A extends string>(
  names: readonly N[],
  first: { readonly [K in N]?: readonly A[] },
  second: { readonly [K in N]?: readonly A[] },
): readonly (readonly [N, readonly A[]])[] =>
  names.flatMap((name) => {
    const actions = [...new Set([...(first[name] ?? []), ...(second[name] ?? [])])];
    return actions.length > 0 ? [[name, actions] as const] : [];
  });

/** Joins two declarations, each action once. */
export const mergeUses = (first: Uses, second: Uses): Uses => {
  const tables = mergeActions<TableName, TableAction>(TABLE_NAMES, first, second);
  const secrets = mergeActions<SecretPurpose, SecretAction>(
    SECRET_PURPOSE_NAMES,
    first.secrets ?? {},
    second.secrets ?? {},
  );
  const fingerprints = mergeActions<FingerprintPurpose, FingerprintAction>(
    FINGERPRINT_PURPOSE_NAMES,
    first.fingerprints ?? {},
    second.fingerprints ?? {},
  );
  const buckets = mergeActions<BucketName, BucketAction>(BUCKET_NAMES, first.buckets ?? {}, second.buckets ?? {});
  const settings = [...new Set([...(first.settings ?? []), ...(second.settings ?? [])])];
  const mail = first.mail ?? second.mail;
  const sms = first.sms ?? second.sms;
  return {
    ...Object.fromEntries(tables),
    ...(mail && { mail }),
    ...(sms && { sms }),
    ...(secrets.length > 0 && { secrets: Object.fromEntries(secrets) }),
    ...(fingerprints.length > 0 && { fingerprints: Object.fromEntries(fingerprints) }),
    ...(buckets.length > 0 && { buckets: Object.fromEntries(buckets) }),
    ...(settings.length > 0 && { settings }),
  };
};
