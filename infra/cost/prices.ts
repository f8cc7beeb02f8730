/** What AWS asks for something, in US dollars, without free tiers, taxes and discounts. */
export interface Price {
  /** A decimal as text: amounts are never doubles. */
  readonly dollars: string;
  /** For how many of the unit. */
  readonly per: number;
  readonly unit: string;
  /** Where AWS says so. */
  readonly source: string;
}

/** The region of these prices: the one that stages name. */
export const PRICED_REGION = 'ap-northeast-1';

/**
 * When they were written down. They are as we knew them then and could not be read at their source from where this was
 * written, so look each up before a budget rests on it; above all that of text messages, which changes by carrier.
 */
export const PRICED_AT = '2026-11-23';

const price = (dollars: string, per: number, unit: string, page: string): Price => ({
  dollars,
  per,
  unit,
  source: `https://aws.amazon.com/${page}/pricing/`,
});

const MILLION = 1_000_000;

/** Every price that an estimate takes, of the first tier: more is never dearer. */
export const PRICES = {
  gatewayRequest: price('4.25', MILLION, 'requests to a REST API', 'api-gateway'),
  lambdaRequest: price('0.20', MILLION, 'invocations', 'lambda'),
  lambdaSecond: price('0.0000133334', 1, 'GB-seconds on arm64', 'lambda'),
  readUnit: price('0.1425', MILLION, 'read request units', 'dynamodb'),
  writeUnit: price('0.715', MILLION, 'write request units', 'dynamodb'),
  tableStorage: price('0.285', 1, 'GB-months of tables', 'dynamodb'),
  tableBackup: price('0.228', 1, 'GB-months of point-in-time recovery', 'dynamodb'),
  kmsRequest: price('0.03', 10_000, 'requests with a symmetric or HMAC key', 'kms'),
  kmsKey: price('1.00', 1, 'key-months', 'kms'),
  s3Put: price('0.0047', 1_000, 'PUT, COPY, POST or LIST requests', 's3'),
  s3Get: price('0.00037', 1_000, 'GET and other requests', 's3'),
  s3Storage: price('0.025', 1, 'GB-months, Standard', 's3'),
  mail: price('0.10', 1_000, 'mails', 'ses'),
  text: price('0.0559', 1, 'text messages to Taiwan', 'end-user-messaging'),
  wafAcl: price('5.00', 1, 'web ACL-months', 'waf'),
  wafRule: price('1.00', 1, 'rule-months', 'waf'),
  wafRequest: price('0.60', MILLION, 'requests', 'waf'),
  logs: price('0.76', 1, 'GB of logs taken in', 'cloudwatch'),
  metric: price('0.30', 1, 'custom metric-months', 'cloudwatch'),
  alarm: price('0.10', 1, 'alarm-months', 'cloudwatch'),
  trace: price('5.00', MILLION, 'traces recorded', 'xray'),
  transfer: price('0.114', 1, 'GB sent to the internet', 'ec2'),
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;
