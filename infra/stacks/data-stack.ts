import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { TABLE_KEYS, TABLE_NAMES, TABLES, type TableName } from '../../shared/contracts/resources.ts';
import { DocumentsBucket } from '../constructs/documents-bucket.ts';
import { pascalCase, stackName, tableName } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { Stage } from '../stages.ts';

/** Everything that keeps data: the customer key, the tables, the documents. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly #stage: Stage;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Data', {
      stackName: stackName(stage, 'data'),
      description: `Key, tables and documents, stage ${stage.name}`,
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
    for (const table of TABLE_NAMES) this.#table(table);
    new DocumentsBucket(this, 'Documents', { stage, key: this.key });
  }

  #table(name: TableName): void {
    const { durable } = TABLES[name];
    // Ephemeral items expire in minutes; a backup that brought used codes and nonces back would do harm.
    new TableV2(this, `${pascalCase(name)}Table`, {
      tableName: tableName(this.#stage, name),
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE_KEYS.timeToLive,
      billing: Billing.onDemand(),
      encryption: durable ? TableEncryptionV2.customerManagedKey(this.key) : TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: durable },
      deletionProtection: durable && this.#stage.protectData,
      removalPolicy: durable ? removalPolicyOf(this.#stage) : RemovalPolicy.DESTROY,
    });
  }
}
