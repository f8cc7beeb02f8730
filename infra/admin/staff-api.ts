import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { operatorCredentials } from './credentials.ts';
import { UsageError } from './errors.ts';
import type { Authorize, StaffClientOptions } from './staff-client.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const LOCAL_PORT = '3001';

/** Which header says who calls where there is no IAM: only the local stack reads it, and only from its own machine. */
const PRINCIPAL_HEADER = 'x-local-principal';

/** What IAM takes as the name of a user. */
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const API_GATEWAY = /^[a-z0-9]+(?:-vpce-[a-z0-9]+)?\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/;

/** What signs a request; the SDK's own, unless a test has another. */
export type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

const asLocal =
  (principal: string): Authorize =>
  ({ headers }) =>
    Promise.resolve({ ...headers, [PRINCIPAL_HEADER]: principal });

/** Signs for a service (SigV4), API Gateway unless another is named; IAM then says what this caller may do. */
export const signing = (region: string, credentials: Credentials, service = 'execute-api'): Authorize => {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  return async ({ method, url, headers, body }) => {
    const { protocol, hostname, host, pathname, searchParams } = url;
    const signed = await signer.sign({
      method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...headers, host },
      body,
    });
    // The client writes the host itself, as it stands in the address.
    const { host: _host, ...sent } = signed.headers;
    return sent;
  };
};

const addressOf = ({ ADMIN_URL, ADMIN_PORT }: Environment): URL => {
  const given = ADMIN_URL || `http://127.0.0.1:${ADMIN_PORT || LOCAL_PORT}`;
  const url = URL.parse(given);
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)))) return url;
  throw new UsageError(
    `ADMIN_URL is "${given}". Give the staff API's address, https:// in the cloud (the output StaffApiUrl of its stack).`,
  );
};

const principalOf = ({ ADMIN_PRINCIPAL }: Environment, userName: string): string => {
  const principal = ADMIN_PRINCIPAL || userName;
  if (USER_NAME.test(principal)) return principal;
  throw new UsageError(
    `"${principal}" is no name of an IAM user. Set ADMIN_PRINCIPAL to letters, digits or one of _+=,.@-`,
  );
};

/**
 * Where the staff API is and who calls it: the local stack as `ADMIN_PRINCIPAL`, or API Gateway at `ADMIN_URL`, with the
 * credentials that the AWS command line would use.
 *
 * @param userName - who is at the keyboard, where the environment names nobody.
 * @throws UsageError for settings that make no sense.
 */
export const staffApiOf = (environment: Environment, userName: string): StaffClientOptions => {
  const address = addressOf(environment);
  const url = address.href.replace(/\/+$/, '');
  if (address.protocol === 'http:') return { url, authorize: asLocal(principalOf(environment, userName)) };
  const region = API_GATEWAY.exec(address.hostname)?.[1] ?? environment['AWS_REGION'];
  if (region) return { url, authorize: signing(region, operatorCredentials()) };
  throw new UsageError(`The region of ${address.hostname} cannot be told from its name. Set AWS_REGION.`);
};
