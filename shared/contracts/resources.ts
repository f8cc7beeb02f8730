/**
 * The data resources of the system and what a function may do with them, as data:
 * infra reads it to make tables, grants and environments, the runtime to build what a handler receives.
 */

/**
 * Tables by bounded context. `durable` ones are backed up, protected and encrypted with the customer key;
 * `variable` is the environment variable that carries the physical name.
 */
export const TABLES = {
  users: { durable: true, variable: 'USERS_TABLE' },
  kyc: { durable: true, variable: 'KYC_TABLE' },
  ledger: { durable: true, variable: 'LEDGER_TABLE' },
  market: { durable: true, variable: 'MARKET_TABLE' },
  /** Captchas, codes, counters, nonces: worthless after they expire. */
  ephemeral: { durable: false, variable: 'EPHEMERAL_TABLE' },
} as const satisfies Record<string, { readonly durable: boolean; readonly variable: string }>;

export type TableName = keyof typeof TABLES;

/** Key and time-to-live attributes, the same in every table. `ttl` is in epoch seconds. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', timeToLive: 'ttl' } as const;

/** What a function can do with a table, by the IAM action it needs. A transaction needs the action of each of its items. */
export const TABLE_ACTIONS = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

export type TableAction = keyof typeof TABLE_ACTIONS;

/** What an endpoint or function declares to use; nothing else is granted to it or handed to it. */
export type Uses = { readonly [T in TableName]?: readonly TableAction[] } & {
  readonly mail?: 'send';
  readonly sms?: 'send';
};

const isTableName = (name: string): name is TableName => Object.hasOwn(TABLES, name);

export const TABLE_NAMES: readonly TableName[] = Object.keys(TABLES).filter(isTableName);

/** Joins two declarations, each action once. */
export const mergeUses = (first: Uses, second: Uses): Uses => {
  const tables = TABLE_NAMES.flatMap((table) => {
    const actions = [...new Set([...(first[table] ?? []), ...(second[table] ?? [])])];
    return actions.length > 0 ? [[table, actions] as const] : [];
  });
  const mail = first.mail ?? second.mail;
  const sms = first.sms ?? second.sms;
  return { ...Object.fromEntries(tables), ...(mail && { mail }), ...(sms && { sms }) };
};
