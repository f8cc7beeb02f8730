import type { Need } from '../iam/policy.ts';

/** The services of AWS that have an emulator behind the proxy. */
export const SERVICE_NAMES = ['dynamodb', 'kms', 's3', 'ses', 'sns'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** A call as it came in. */
export interface ServiceCall {
  readonly method: string;
  /** As sent, with query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Empty for services whose calls can be told from the head alone. */
  readonly body: Buffer;
  /** Of the credential scope. */
  readonly region: string;
}

/** What a call does. */
export interface Understood {
  /** Such as `BatchGetItem`. */
  readonly operation: string;
  /** What it does it to, in short, such as `users`. */
  readonly subject: string;
  /** Everything that its caller must be allowed to do. */
  readonly needs: readonly Need[];
  /** The body of a service that speaks JSON. */
  readonly payload?: unknown;
}

/** A call whose rights are not known, and that is therefore refused; the text says what was not understood. */
export interface NotUnderstood {
  readonly unknown: string;
}

/** The customer key of a resource by its ARN, and the key that an alias stands for; undefined when there is none. */
export type CustomerKeyOf = (arn: string) => string | undefined;

/** The local proxy's knowledge of one service. */
export interface Service {
  /** Whether the body must be read to understand a call. */
  readonly readsBody: boolean;
  readonly understand: (call: ServiceCall, customerKeyOf: CustomerKeyOf) => Understood | NotUnderstood;
}

export const headerOf = ({ headers }: Pick<ServiceCall, 'headers'>, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};

/** The last part of a physical name: `bitgin-local-users` → `users`. */
export const shortName = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf('-'), name.lastIndexOf('/')) + 1);
