import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import type { LocalEventSource } from '../template/event-sources.ts';

/** A change of a table. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Epoch milliseconds, to the second. */
  readonly createdAt: number;
  /** As Lambda hands it to a function. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** Bytes as base64, all else as it is. */
const plain = (value: unknown): unknown => {
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
};

/** Lambda's form of a record of the stream. */
export const streamRecordOf = (
  record: SdkRecord,
  { region, streamArn }: Pick<LocalEventSource, 'region' | 'streamArn'>,
): StreamRecord => {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  const { SequenceNumber = '' } = rest;
  const createdAt = ApproximateCreationDateTime?.getTime() ?? 0;
  return {
    sequenceNumber: SequenceNumber,
    createdAt,
    event: {
      eventID: record.eventID,
      eventName: record.eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: createdAt / 1000,
        Keys: plain(Keys),
        ...(NewImage && { NewImage: plain(NewImage) }),
        ...(OldImage && { OldImage: plain(OldImage) }),
        ...rest,
      },
      ...(record.userIdentity && { userIdentity: record.userIdentity }),
      eventSourceARN: streamArn,
    },
  };
};
