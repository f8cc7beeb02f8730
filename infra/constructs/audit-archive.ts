import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BUCKETS } from '../../shared/contracts/resources.ts';
import { bucketName } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { Stage } from '../stages.ts';

export interface AuditArchiveProps {
  readonly stage: Stage;
  readonly key: IKey;
  /** Takes the log of who reads it. */
  readonly accessLogs: Bucket;
}

const retentionOf = ({ auditRetention: { mode, days } }: Stage): ObjectLockRetention =>
  mode === 'COMPLIANCE'
    ? ObjectLockRetention.compliance(Duration.days(days))
    : ObjectLockRetention.governance(Duration.days(days));

/** Copies of the audit: what is put here stays as it is until its time is over, whoever asks. */
export class AuditArchive extends Construct {
  constructor(scope: Construct, id: string, { stage, key, accessLogs }: AuditArchiveProps) {
    super(scope, id);
    new Bucket(this, 'Bucket', {
      bucketName: bucketName(stage, BUCKETS.auditArchive.purpose, Stack.of(this).account),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: retentionOf(stage),
      // @ts-expect-error -- Bucket and IBucket of CDK 2.275 disagree on `isWebsite` under exactOptionalPropertyTypes.
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'audit-archive/',
      removalPolicy: removalPolicyOf(stage),
    });
  }
}
