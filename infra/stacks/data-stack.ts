import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import {
  isStreamed,
  type StreamedTable,
  TABLE_KEYS,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '../../shared/contracts/resources.ts';
import { BACKUP_DAYS } from '../../shared/contracts/retention.ts';
import { AuditArchive } from '../constructs/audit-archive.ts';
import { DocumentsBucket } from '../constructs/documents-bucket.ts';
import { fingerprintsKeyAlias, madeTableName, pascalCase, secretsKeyAlias, stackName } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { Stage } from '../stages.ts';

/** Everything that keeps data: the customer keys, the tables, the documents, the archive of the audit. */
export class DataStack extends Stack {
  /** Of tables and documents, used by DynamoDB and S3 in a function's name. */
  readonly key: Key;
  /** Of secrets, used by functions themselves: so that a right to read tables never decrypts what lies in them. */
  readonly secretsKey: Key;
  /** Of fingerprints: what it makes can be compared, and never turned back. */
  readonly fingerprintsKey: Key;
  readonly #stage: Stage;
  readonly #tables: ReadonlyMap<TableName, TableV2>;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Data', {
      stackName: stackName(stage, 'data'),
      description: `Keys, tables and documents, stage ${stage.name}`,
      env: { region: stage.region },
      terminationProtection: stage.protectData,
    });
    this.#stage = stage;
    this.key = new Key(this, 'Key', {
      alias: `alias/bitgin-${stage.name}`,
      description: `Customer key of BitGin's data, stage ${stage.name}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(stage),
    });
    this.secretsKey = new Key(this, 'SecretsKey', {
      alias: secretsKeyAlias(stage),
      description: `Key of BitGin's secrets, stage ${stage.name}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(stage),
    });
    this.fingerprintsKey = new Key(this, 'FingerprintsKey', {
      alias: fingerprintsKeyAlias(stage),
      description: `Key of BitGin's fingerprints, stage ${stage.name}`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: removalPolicyOf(stage),
    });
    this.#tables = new Map(TABLE_NAMES.map((table) => [table, this.#table(table)]));
    const { accessLogs } = new DocumentsBucket(this, 'Documents', { stage, key: this.key });
    new AuditArchive(this, 'AuditArchive', { stage, key: this.key, accessLogs });
  }

  /** ARN of a table's stream. Unlike a table's it cannot be told from names: it holds the time when it was made. */
  streamArn(table: StreamedTable): string {
    const restored = this.#stage.restored?.[table];
    if (restored) {
      if (restored.streamArn !== undefined) return restored.streamArn;
      throw new Error(`The restored table ${restored.name} starts jobs: enable its stream, and name its streamArn.`);
    }
    const arn = this.#tables.get(table)?.tableStreamArn;
    if (arn === undefined) throw new Error(`The table ${table} was made without a stream.`);
    return arn;
  }

  #table(name: TableName): TableV2 {
    const { durable } = TABLES[name];
    // Ephemeral items expire in minutes; a backup that brought used codes and nonces back would do harm.
    return new TableV2(this, `${pascalCase(name)}Table`, {
      tableName: madeTableName(this.#stage, name),
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE_KEYS.timeToLive,
      ...(isStreamed(name) && { dynamoStream: StreamViewType.NEW_IMAGE }),
      billing: Billing.onDemand(),
      encryption: durable ? TableEncryptionV2.customerManagedKey(this.key) : TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: durable,
        ...(durable && { recoveryPeriodInDays: BACKUP_DAYS }),
      },
      deletionProtection: durable && this.#stage.protectData,
      removalPolicy: durable ? removalPolicyOf(this.#stage) : RemovalPolicy.DESTROY,
    });
  }
}
