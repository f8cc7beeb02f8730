import { ACCOUNT, PARTITION } from '../../template/physical-names.ts';
import type { Need } from '../iam/policy.ts';
import type { CustomerKeyOf } from './service.ts';

/** One thing that a call does to one table. */
export interface TableAccess {
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  /** Name or ARN; `*` for what concerns no table in particular. */
  readonly table: string;
  readonly index?: string | undefined;
}

/**
 * DynamoDB uses a table's customer key in its caller's name. The rights are those that the policies of the functions
 * are made with (`infra/grants.ts`): reading decrypts; writing needs the rest too.
 */
const READ_KEY = ['kms:Decrypt'];
const WRITE_KEY = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

const KEY_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:BatchGetItem': READ_KEY,
  'dynamodb:ConditionCheckItem': READ_KEY,
  'dynamodb:GetItem': READ_KEY,
  'dynamodb:Query': READ_KEY,
  'dynamodb:Scan': READ_KEY,
  'dynamodb:BatchWriteItem': WRITE_KEY,
  'dynamodb:DeleteItem': WRITE_KEY,
  'dynamodb:PutItem': WRITE_KEY,
  'dynamodb:UpdateItem': WRITE_KEY,
};

const tableArn = (table: string, region: string): string =>
  table === '*' || table.startsWith('arn:') ? table : `arn:${PARTITION}:dynamodb:${region}:${ACCOUNT}:table/${table}`;

/** The rights that an access needs: on the table or index, and on the table's customer key. */
export const needsOf = (
  { action, table, index }: TableAccess,
  region: string,
  customerKeyOf: CustomerKeyOf,
): readonly Need[] => {
  const arn = tableArn(table, region);
  const key = customerKeyOf(arn);
  const keyActions = key === undefined ? [] : (KEY_RIGHTS[action] ?? []);
  const context = { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` };
  return [
    { action, resource: index === undefined ? arn : `${arn}/index/${index}` },
    ...keyActions.map((keyAction) => ({ action: keyAction, resource: key ?? '', context })),
  ];
};
