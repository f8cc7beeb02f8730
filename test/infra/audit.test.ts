import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { tableName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { effectiveUses } from '../../shared/contracts/effective-uses.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { textsOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.string(), Action: z.unknown(), Resource: z.unknown() })),
  }),
});

const prod = await synthesized('prod');

/** Whether an ARN, or one with wildcards, means the audit table, an index or a stream of it. */
const meansAudit = (resource: string): boolean => {
  if (/AuditTable/.test(resource)) return true;
  const table = `arn:aws:dynamodb:${STAGES.prod.region}:<AWS::AccountId>:table/${tableName(STAGES.prod, 'audit')}`;
  const [start = ''] = resource.split('*');
  return resource === table || resource.startsWith(`${table}/`) || (resource.includes('*') && table.startsWith(start));
};

const granted = resourcesOf(prod, 'AWS::IAM::Policy').flatMap(({ Properties }) =>
  policy
    .parse(Properties)
    .PolicyDocument.Statement.flatMap(({ Effect, Action, Resource }) =>
      Effect === 'Allow' && textsOf(Resource).some(meansAudit) ? textsOf(Action) : [],
    ),
);

/** Tracing is granted on every resource, and is no action on a table. */
const onTable = [...new Set(granted.filter((action) => !/^(?:xray|sns|logs):/.test(action)))].sort();

describe('the audit', () => {
  it('can be appended to and read by functions, and nothing else', () => {
    const harmless = /^dynamodb:(?:PutItem|GetItem|Query|DescribeStream|GetRecords|GetShardIterator|ListStreams)$/;
    expect(onTable).toContain('dynamodb:PutItem');
    expect(onTable.filter((action) => !harmless.test(action))).toEqual([]);
  });

  it.each(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLUpdate'])(
    'is out of the reach of %s',
    (action) => {
      expect(granted).not.toContain(action);
      expect(granted.filter((one) => one.includes('*'))).toEqual([]);
    },
  );

  it('is put into only through the method that refuses to replace', () => {
    const declared = [...ENDPOINTS, ...STAFF_ENDPOINTS].map((endpoint) => effectiveUses(endpoint).audit ?? []);
    const actions = [...declared, ...JOBS.map(({ uses }) => uses.audit ?? [])].flat();
    expect(actions.filter((action) => !['append', 'query', 'get'].includes(action))).toEqual([]);
  });
});
