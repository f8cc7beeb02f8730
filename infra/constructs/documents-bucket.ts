import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BUCKETS } from '../../shared/contracts/resources.ts';
import { REPLACED_DOCUMENT_DAYS } from '../../shared/contracts/retention.ts';
import { bucketName } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { Stage } from '../stages.ts';

export interface DocumentsBucketProps {
  readonly stage: Stage;
  readonly key: IKey;
}

/** How long it stays known who read a document. */
const ACCESS_LOG_DAYS = 365;

/** How long what nobody has checked may lie, and how long a document that was replaced or deleted can be brought back. */
const UNCHECKED_DAYS = 1;
const REPLACED_DAYS = REPLACED_DOCUMENT_DAYS;

/** The bucket of people's documents, and the bucket that logs who read them. */
export class DocumentsBucket extends Construct {
  /** Takes the logs of who reads a bucket. */
  readonly accessLogs: Bucket;

  constructor(scope: Construct, id: string, { stage, key }: DocumentsBucketProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    const closed = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Without protection the stack can be deleted once the buckets are empty.
      removalPolicy: removalPolicyOf(stage),
    } satisfies BucketProps;
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...closed,
      bucketName: bucketName(stage, 'access-logs', account),
      // S3 delivers access logs only to buckets with its own keys.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(ACCESS_LOG_DAYS) }],
    });
    new Bucket(this, 'Bucket', {
      ...closed,
      bucketName: bucketName(stage, 'documents', account),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      // @ts-expect-error -- Bucket and IBucket of CDK 2.275 disagree on `isWebsite` under exactOptionalPropertyTypes.
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: 'documents/',
      // People's browsers post what they upload by themselves (API chapter 10.5).
      cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: [...stage.allowedOrigins], allowedHeaders: ['*'] }],
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: BUCKETS.incoming.prefix, expiration: Duration.days(UNCHECKED_DAYS) },
        { prefix: BUCKETS.incoming.prefix, noncurrentVersionExpiration: Duration.days(UNCHECKED_DAYS) },
        { prefix: BUCKETS.documents.prefix, noncurrentVersionExpiration: Duration.days(REPLACED_DAYS) },
        { expiredObjectDeleteMarker: true },
      ],
    });
  }
}
