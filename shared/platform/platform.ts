import { environmentOf, type VariableName } from '../contracts/environment.ts';
import { effectiveUses } from '../contracts/effective-uses.ts';
import { type EndpointSpec, readsSessions } from '../contracts/endpoint.ts';
import { type RateLimits, rateLimits } from '../contracts/rate-limits.ts';
import {
  type BucketAction,
  type BucketName,
  type FingerprintPurpose,
  type SecretAction,
  type SecretPurpose,
  TABLE_NAMES,
  TABLES,
  type TableAction,
  type TableName,
  type Uses,
} from '../contracts/resources.ts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from './aws-clients.ts';
import type { Bucket } from './bucket.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Commit, createCommit } from './commit.ts';
import { type Environment, readEnvironment } from './env.ts';
import type { Fingerprints } from './fingerprints.ts';
import { createLog, type Log } from './logger.ts';
import type { Mailer } from './mailer.ts';
import { type Random, systemRandom } from './random.ts';
import type { Secret } from './secrets.ts';
import { callServices, requireDeclared, type Services } from './services.ts';
import { readSettings, type SettingsOf } from './settings.ts';
import { createTable, type Table } from './table.ts';
import type { Texter } from './texter.ts';

/** A table with the methods that the declared actions stand for. */
export type TableWith<A extends TableAction> = Pick<Table, A>;

type TablesOf<U extends Uses> = {
  readonly [T in TableName as U[T] extends readonly TableAction[] ? T : never]: U[T] extends readonly (infer A)[]
    ? TableWith<Extract<A, TableAction>>
    : never;
};

/** Secrets of one purpose with the methods that the declared actions stand for. */
export type SecretWith<A extends SecretAction> = Pick<Secret, A>;

type SecretsOf<S> = {
  readonly [P in keyof S & SecretPurpose]: S[P] extends readonly (infer A)[]
    ? SecretWith<Extract<A, SecretAction>>
    : never;
};

type FingerprintsOf<F> = { readonly [P in keyof F & FingerprintPurpose]: Fingerprints };

/** A bucket with the methods that the declared actions stand for. */
export type BucketWith<A extends BucketAction> = Pick<Bucket, A>;

type BucketsOf<B> = {
  readonly [N in keyof B & BucketName]: B[N] extends readonly (infer A)[]
    ? BucketWith<Extract<A, BucketAction>>
    : never;
};

/** What a function receives: what every one needs, and of the rest only what its contract declares. */
export type Platform<U extends Uses> = Core & { readonly tables: TablesOf<U> } & (U extends { readonly mail: 'send' }
    ? { readonly mailer: Mailer }
    : unknown) &
  (U extends { readonly sms: 'send' } ? { readonly texter: Texter } : unknown) &
  (U extends { readonly secrets: infer S } ? { readonly secrets: SecretsOf<S> } : unknown) &
  (U extends { readonly fingerprints: infer F } ? { readonly fingerprints: FingerprintsOf<F> } : unknown) &
  (U extends { readonly buckets: infer B } ? { readonly buckets: BucketsOf<B> } : unknown) &
  SettingsOf<U>;

export interface Core {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly commit: Commit;
  /** Of the request that is being answered, or of the job's run. */
  readonly requestId: () => string | undefined;
}

/** What an endpoint's handler receives: its platform, and the limits of its stage. */
export type EndpointPlatform<U extends Uses> = Platform<U> & { readonly rateLimits: RateLimits };

/** What signed requests are checked by. */
export interface KeyStores {
  readonly keys: TableWith<'get' | 'batchGet' | 'update'>;
  readonly nonces: TableWith<'put'>;
  readonly secret: SecretWith<'decrypt'>;
}

/** What an endpoint's function is built from: the platform of its contract and what the shared stack needs. */
export interface Foundation<U extends Uses> {
  readonly platform: EndpointPlatform<U>;
  /** Where the stack reads sessions; absent on endpoints that never look at a token. */
  readonly sessionTable: TableWith<'batchGet' | 'update'> | undefined;
  /** Where the stack counts requests; absent on endpoints that it does not count. */
  readonly counterTable: TableWith<'update'> | undefined;
  /** What the stack checks signatures by; absent on endpoints that take no API key. */
  readonly keyStores?: KeyStores | undefined;
  /** Where the stack keeps answers by idempotency key; absent on endpoints that take none. */
  readonly idempotencyTable?: TableWith<'get' | 'put'> | undefined;
  /** Other sites' pages that may call; none may call the staff API. */
  readonly allowedOrigins: readonly string[];
  /** Whether it is reached by TLS alone: cookies are `Secure`, and answers say so to browsers. */
  readonly cookieSecure: boolean;
  /** Where redirects lead; absent on endpoints that answer otherwise. */
  readonly frontendUrl?: string | undefined;
  /** What every log line of the present request carries; a function serves one request at a time. */
  readonly logContext: LogContext;
}

export type LogContext = { endpoint: string; requestId?: string };

/** What a foundation is built over; a test gives its own for any of them. */
export interface Resources {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: NodeJS.ProcessEnv | undefined;
  readonly documentClient: () => DynamoDBDocumentClient;
  readonly writeLine: ((line: string) => void) | undefined;
}

/** What functions are built over. */
export const PRODUCTION: Resources = {
  clock: systemClock,
  random: systemRandom,
  environment: undefined,
  documentClient: createDocumentClient,
  writeLine: undefined,
};

interface Declaration<U extends Uses> {
  readonly id: string;
  readonly uses: U;
  readonly variables: Environment<VariableName>;
}

interface Built<U extends Uses> {
  readonly platform: Platform<U>;
  readonly tables: Partial<Record<TableName, Table>>;
  readonly apiSecret: Secret | undefined;
  readonly logContext: LogContext;
}

/** Builds clients and tables of one function: those that it declares, and no others. */
export const build = <U extends Uses>(
  { id, uses, variables }: Declaration<U>,
  services: Services,
  resources: Resources,
): Built<U> => {
  requireDeclared(id, uses, services);
  const { clock, random, documentClient, writeLine } = resources;
  const logContext: LogContext = { endpoint: id };
  const log = createLog(clock, logContext, writeLine, variables.METRICS_NAMESPACE);
  const client = documentClient();
  const used = TABLE_NAMES.filter((name) => uses[name]);
  const tables: Built<U>['tables'] = Object.fromEntries(
    used.map((name) => [name, createTable(client, variables[TABLES[name].variable], TABLES[name])]),
  );
  const requestId = (): string | undefined => logContext.requestId;
  const core: Core = { clock, random, log, commit: createCommit(client, random), requestId };
  const called = { ...callServices(services, uses, variables, log), ...readSettings(uses, variables) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built from the same `uses` that the type is
  const platform = { ...core, tables, ...called } as Platform<U>;
  return { platform, tables, apiSecret: called.secrets?.apiSecret, logContext };
};

const keyStoresOf = (
  { apiKey }: EndpointSpec,
  { users, ephemeral }: Built<Uses>['tables'],
  secret: Secret | undefined,
): KeyStores | undefined =>
  apiKey !== false && users && ephemeral && secret ? { keys: users, nonces: ephemeral, secret } : undefined;

/**
 * Builds what an endpoint's function needs from its environment.
 *
 * @throws MissingEnvironmentError when the deployment left out a variable.
 */
export const createFoundation = <E extends EndpointSpec>(
  endpoint: E,
  services: Services,
  given: Partial<Resources> = {},
): Foundation<E['uses']> => {
  const resources = { ...PRODUCTION, ...given };
  const variables = readEnvironment(environmentOf(endpoint), resources.environment);
  const uses: E['uses'] = effectiveUses(endpoint);
  const { platform, tables, apiSecret, logContext } = build({ id: endpoint.id, uses, variables }, services, resources);
  return {
    platform: { ...platform, rateLimits: rateLimits.parse(JSON.parse(variables.RATE_LIMITS)) },
    sessionTable: readsSessions(endpoint) ? tables.users : undefined,
    counterTable: endpoint.rate === 'public' || endpoint.rate === 'staff' ? undefined : tables.ephemeral,
    keyStores: keyStoresOf(endpoint, tables, apiSecret),
    idempotencyTable: endpoint.idempotent ? tables.ledger : undefined,
    allowedOrigins: endpoint.auth === 'staff' ? [] : variables.ALLOWED_ORIGINS.split(','),
    frontendUrl: endpoint.response === 'redirect' ? variables.FRONTEND_URL : undefined,
    cookieSecure: variables.COOKIE_SECURE === 'true',
    logContext,
  };
};
