import { describe, expect, it } from '@jest/globals';
import { requireStreamGrants } from '../../../../../infra/local/streams/grants.ts';
import type { LocalEventSource } from '../../../../../infra/local/template/event-sources.ts';
import type { Statement } from '../../../../../infra/local/template/policies.ts';

const TABLE = 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/users';
const STREAM = `${TABLE}/stream/local`;
const QUEUE = 'arn:aws:sqs:ap-northeast-1:000000000000:failures';
const KEY = 'arn:aws:kms:ap-northeast-1:000000000000:key/k';

const SOURCE: LocalEventSource = {
  id: 'Mapping',
  functionName: 'sender',
  region: 'ap-northeast-1',
  table: 'users',
  streamArn: STREAM,
  batchSize: 10,
  batchingWindowMs: 0,
  startingPosition: 'LATEST',
  bisectsOnError: true,
  maxRetries: 3,
  maxRecordAgeMs: 1_000,
  reportsItemFailures: true,
  failureQueue: 'failures',
  filter: () => true,
};

const allow = (actions: readonly string[], resource: string, viaService?: string): Statement => ({
  effect: 'Allow',
  actions,
  resources: [resource],
  conditions:
    viaService === undefined ? [] : [{ operator: 'StringEquals', key: 'kms:ViaService', values: [viaService] }],
  unknownElements: [],
});

const READ = allow(
  ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  STREAM,
);
const SEND = allow(['sqs:SendMessage'], QUEUE);
const DECRYPT = allow(['kms:Decrypt'], KEY, 'dynamodb.ap-northeast-1.amazonaws.com');
const QUEUE_KEY = allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, 'sqs.ap-northeast-1.amazonaws.com');

const check =
  (statements: readonly Statement[], keys: readonly string[] = []) =>
  () =>
    requireStreamGrants({
      eventSources: [SOURCE],
      policies: new Map([['sender', { roleName: 'role', statements }]]),
      customerKeys: new Map(keys.map((arn) => [arn, KEY])),
    });

describe('the grants of a function behind a stream', () => {
  it('are enough when its role may read the stream and write to the queue', () => {
    expect(check([READ, SEND])).not.toThrow();
    expect(check([READ, SEND, DECRYPT, QUEUE_KEY], [TABLE, QUEUE])).not.toThrow();
  });

  it.each([
    ['reading', [SEND], [], `sender may not do dynamodb:DescribeStream on ${STREAM}`],
    ['the queue', [READ], [], `sqs:SendMessage on ${QUEUE}`],
    ['the key of the table', [READ, SEND], [TABLE], `kms:Decrypt on ${KEY}`],
    ['the key of the queue', [READ, SEND, DECRYPT], [TABLE, QUEUE], `kms:Decrypt on ${KEY}`],
  ])('are named when %s is missing', (_name, statements, keys, said) => {
    expect(check(statements, keys)).toThrow(said);
  });
});
