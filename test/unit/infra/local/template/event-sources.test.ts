import { describe, expect, it } from '@jest/globals';
import { readApplication } from '../../../../../infra/local/template/application.ts';
import { eventFilter } from '../../../../../infra/local/template/event-filter.ts';
import type { LocalEventSource } from '../../../../../infra/local/template/event-sources.ts';
import { withResources } from '../added-resources.ts';
import { ECHO, writeFixtureAssembly } from '../fixture-assembly.ts';

const STREAM = 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/fixture-ephemeral/stream/local';

const sourcesOf = (properties: object): readonly LocalEventSource[] => {
  const assembly = withResources(writeFixtureAssembly({ sender: ECHO, fallback: ECHO }), 'functions', {
    Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'fixture-failures' } },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'sender' },
        EventSourceArn: STREAM,
        StartingPosition: 'TRIM_HORIZON',
        ...properties,
      },
    },
  });
  const application = readApplication(assembly);
  expect(application.queues).toStrictEqual(['fixture-failures']);
  return application.eventSources;
};

describe('the event sources of a template', () => {
  it('have Lambda’s defaults', () => {
    expect(sourcesOf({})).toStrictEqual([
      {
        id: 'fixture-functions-Mapping',
        functionName: 'fixture-sender',
        region: 'ap-northeast-1',
        table: 'fixture-ephemeral',
        streamArn: STREAM,
        batchSize: 100,
        batchingWindowMs: 0,
        startingPosition: 'TRIM_HORIZON',
        bisectsOnError: false,
        maxRetries: Infinity,
        maxRecordAgeMs: 24 * 3_600_000,
        reportsItemFailures: false,
        failureQueue: undefined,
        filter: expect.any(Function),
      },
    ]);
  });

  it('are read with all that is said', () => {
    const [source] = sourcesOf({
      FunctionName: { 'Fn::GetAtt': ['sender', 'Arn'] },
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 2,
      StartingPosition: 'LATEST',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 60,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    });
    expect(source).toMatchObject({
      functionName: 'fixture-sender',
      batchSize: 10,
      batchingWindowMs: 2_000,
      startingPosition: 'LATEST',
      bisectsOnError: true,
      maxRetries: 3,
      maxRecordAgeMs: 60_000,
      reportsItemFailures: true,
      failureQueue: 'fixture-failures',
    });
    expect([source?.filter({ eventName: 'INSERT' }), source?.filter({ eventName: 'REMOVE' })]).toStrictEqual([
      true,
      false,
    ]);
  });

  it('are left out when they are disabled', () => {
    expect(sourcesOf({ Enabled: false })).toStrictEqual([]);
  });

  it.each([
    [{ EventSourceArn: 'arn:aws:sqs:x:0:queue' }, 'knows table streams only'],
    [{ StartingPosition: 'AT_TIMESTAMP' }, 'StartingPosition'],
    [{ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:x:0:topic' } } }, 'is no queue'],
    [{ FilterCriteria: { Filters: [{ Pattern: '{"a":[{"numeric":[">",1]}]}' }] } }, 'does not know the filter'],
  ])('refuse %j', (properties, said) => {
    expect(() => sourcesOf(properties)).toThrow(said);
  });
});

describe('a filter', () => {
  const insert = { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'MAIL#1' } }, NewImage: { n: { N: '1' } } } };

  it.each([
    ['{}', true],
    ['{"eventName":["INSERT","MODIFY"]}', true],
    ['{"eventName":["REMOVE"]}', false],
    ['{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"MAIL#"}]}}}}', true],
    ['{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"USER#"}]}}}}', false],
    ['{"dynamodb":{"Keys":{"pk":{"S":[{"suffix":"#1"}]}}}}', true],
    ['{"dynamodb":{"NewImage":{"n":{"N":[{"exists":true}]}}}}', true],
    ['{"dynamodb":{"OldImage":{"n":{"N":[{"exists":true}]}}}}', false],
    ['{"dynamodb":{"OldImage":{"n":{"N":[{"exists":false}]}}}}', true],
    ['{"eventName":[{"anything-but":["INSERT"]}]}', false],
    ['{"eventName":[{"anything-but":"REMOVE"}]}', true],
    ['{"eventName":["INSERT"],"other":["x"]}', false],
  ])('%s', (pattern, passes) => {
    expect(eventFilter([pattern])(insert)).toBe(passes);
  });

  it('lets pass what one of several patterns matches, and everything without any', () => {
    expect(eventFilter(['{"eventName":["REMOVE"]}', '{"eventName":["INSERT"]}'])(insert)).toBe(true);
    expect(eventFilter([])(insert)).toBe(true);
  });
});
