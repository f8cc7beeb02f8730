import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { tableName } from '../../infra/names.ts';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { isStreamed, TABLE_NAMES, TABLES } from '../../shared/contracts/resources.ts';
import { textOf, textsOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { type Resource, resourcesOf, type Synthesis } from './templates.ts';

const tableSchema = z.object({
  TableName: z.string(),
  BillingMode: z.string(),
  KeySchema: z.unknown(),
  TimeToLiveSpecification: z.unknown(),
  SSESpecification: z.unknown(),
  Replicas: z.tuple([
    z.object({
      Region: z.string(),
      DeletionProtectionEnabled: z.boolean().default(false),
      PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
      SSESpecification: z.object({ KMSMasterKeyId: z.unknown() }).optional(),
    }),
  ]),
});

const prod = await synthesized('prod');
const dev = await synthesized('dev');

const tableIn = (synthesis: Synthesis, name: string): Resource | undefined =>
  resourcesOf(synthesis, 'AWS::DynamoDB::GlobalTable').find(({ Properties }) => Properties['TableName'] === name);

const durable = TABLE_NAMES.filter((table) => TABLES[table].durable);

describe('the tables', () => {
  it('are those of the contracts', () => {
    const names = resourcesOf(prod, 'AWS::DynamoDB::GlobalTable').map(({ Properties }) =>
      String(Properties['TableName']),
    );
    expect([...names].sort()).toEqual(TABLE_NAMES.map((table) => tableName(STAGES.prod, table)).sort());
  });

  it.each(TABLE_NAMES)('%s is on demand, keyed by pk and sk, and forgets by ttl', (table) => {
    const properties = tableSchema.parse(tableIn(prod, tableName(STAGES.prod, table))?.Properties);
    expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
    expect(properties.Replicas[0].Region).toBe(STAGES.prod.region);
  });

  it.each(durable)('%s has backups, the customer key and deletion protection', (table) => {
    const resource = tableIn(prod, tableName(STAGES.prod, table));
    const properties = tableSchema.parse(resource?.Properties);
    const [replica] = properties.Replicas;
    expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
    expect(replica.DeletionProtectionEnabled).toBe(true);
    expect(textOf(replica.SSESpecification?.KMSMasterKeyId)).toMatch(/^<Key\w+\.Arn>$/);
    expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('ephemeral has no backups and a key of DynamoDB', () => {
    const properties = tableSchema.parse(tableIn(prod, 'bitgin-prod-ephemeral')?.Properties);
    expect(properties.SSESpecification).toEqual({ SSEEnabled: false });
    expect(properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(false);
    expect(properties.Replicas[0].DeletionProtectionEnabled).toBe(false);
  });

  it.each(TABLE_NAMES)('%s has a stream of new images where it is declared, and else none', (table) => {
    const stream = tableIn(prod, tableName(STAGES.prod, table))?.Properties['StreamSpecification'];
    expect(stream).toEqual(isStreamed(table) ? { StreamViewType: 'NEW_IMAGE' } : undefined);
  });

  it('of dev can be deleted with their stack', () => {
    const resource = tableIn(dev, 'bitgin-dev-users');
    expect(resource).toMatchObject({ DeletionPolicy: 'Delete' });
    expect(tableSchema.parse(resource?.Properties).Replicas[0].DeletionProtectionEnabled).toBe(false);
  });
});

describe('the customer keys', () => {
  // The key of the alarms holds no data, and goes with its stack.
  const templates = Object.fromEntries(Object.entries(prod.templates).filter(([name]) => name !== 'Observability'));
  const keys = resourcesOf({ ...prod, templates }, 'AWS::KMS::Key');
  const makesFingerprints = ({ Properties }: Resource): boolean => Properties['KeySpec'] === 'HMAC_256';

  it('are one of the data and one of the secrets, which rotate, and one of fingerprints; all outlive their stack', () => {
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });
    for (const key of keys.filter((one) => !makesFingerprints(one))) {
      expect(key).toMatchObject({ Properties: { EnableKeyRotation: true } });
    }
    const aliases = resourcesOf({ ...prod, templates }, 'AWS::KMS::Alias').map(({ Properties }) =>
      String(Properties['AliasName']),
    );
    expect(aliases.sort()).toEqual([
      'alias/bitgin-prod',
      'alias/bitgin-prod-fingerprints-1',
      'alias/bitgin-prod-secrets',
    ]);
  });

  it('of fingerprints makes codes and encrypts nothing; KMS does not rotate such a key', () => {
    const [key, ...others] = keys.filter(makesFingerprints);
    expect(others).toEqual([]);
    expect(key?.Properties['KeyUsage']).toBe('GENERATE_VERIFY_MAC');
    expect(key?.Properties).not.toHaveProperty('EnableKeyRotation');
  });

  it('of dev are deleted with their stack', () => {
    for (const key of resourcesOf(dev, 'AWS::KMS::Key')) {
      expect(key).toMatchObject({ DeletionPolicy: 'Delete' });
    }
  });
});

const bucketSchema = z.object({ BucketName: z.unknown() });
const bucketPolicySchema = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.string(), Action: z.unknown(), Condition: z.unknown() })),
  }),
});

describe('the buckets', () => {
  const buckets = resourcesOf(prod, 'AWS::S3::Bucket');
  const named = (name: string): Resource | undefined =>
    buckets.find(({ Properties }) => textOf(bucketSchema.parse(Properties).BucketName) === name);
  const documents = named('bitgin-prod-documents-<AWS::AccountId>');
  const accessLogs = named('bitgin-prod-access-logs-<AWS::AccountId>');

  const auditArchive = named('bitgin-prod-audit-archive-<AWS::AccountId>');

  it('are three, all closed to the public', () => {
    expect(buckets).toEqual([accessLogs, documents, auditArchive]);
    for (const { Properties } of buckets) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties['OwnershipControls']).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    }
  });

  it('refuse whoever comes without TLS 1.2', () => {
    const policies = resourcesOf(prod, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(3);
    for (const { Properties } of policies) {
      const statements = bucketPolicySchema.parse(Properties).PolicyDocument.Statement;
      const denied = statements.filter(({ Effect, Action }) => Effect === 'Deny' && textsOf(Action).includes('s3:*'));
      expect(denied.map(({ Condition }) => Condition)).toEqual([
        { Bool: { 'aws:SecureTransport': 'false' } },
        { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      ]);
    }
  });

  it('keep documents versioned, under the customer key, and log who reads them', () => {
    expect(documents).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        LoggingConfiguration: { LogFilePrefix: 'documents/' },
      },
    });
  });

  it('keep copies of the audit for seven years as they are, under the customer key, and log who reads them', () => {
    expect(auditArchive).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2555 } },
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        LoggingConfiguration: { LogFilePrefix: 'audit-archive/' },
      },
    });
  });

  it.each(STAGE_NAMES.filter((name) => name !== 'prod'))('of %s can be got rid of', (name) => {
    expect(STAGES[name].auditRetention.mode).toBe('GOVERNANCE');
    expect(STAGES[name].auditRetention.days).toBeLessThanOrEqual(30);
  });
});
