import { describe, expect, it } from '@jest/globals';
import type { AuditRecord } from '../../../shared/contracts/staff/audit-record.ts';
import { archiveRecord } from '../../../shared/staff/audit-archive.ts';
import { appendRecord } from '../../../shared/staff/audit-store.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { unusedDocumentClient } from '../../support/document-client.ts';

const RECORD: AuditRecord = {
  id: '0cc175b9c0f1b6a831c399e269772661',
  at: Date.UTC(2026, 0, 31, 23, 59, 59, 999),
  actor: 'arn:aws:iam::111122223333:user/jo.lin',
  action: 'user.status',
  target: { userId: 'u1', username: 'someone' },
  reason: 'Theft.',
  before: { userStatus: 1 },
  after: { userStatus: 7 },
  requestId: 'r1',
};

const changes = (record: AuditRecord) =>
  appendRecord(createTable(unusedDocumentClient(), 'audit'), record).map(({ Put }) => ({
    key: { pk: String(Put?.Item?.['pk']), sk: String(Put?.Item?.['sk']) },
    item: { ...Put?.Item },
  }));

const archived = async (record: AuditRecord) => {
  const objects: { readonly key: string; readonly body: unknown }[] = [];
  const bucket = {
    create: (key: string, { body }: { readonly body: string }) => {
      objects.push({ key, body: JSON.parse(body) });
      return Promise.resolve();
    },
  };
  for (const change of changes(record)) await archiveRecord(bucket, change);
  return objects;
};

describe('the archive of the audit', () => {
  it('gets one copy of a record, as it was, under its day in UTC', async () => {
    const key = 'audit/2026/01/31/0cc175b9c0f1b6a831c399e269772661.json';
    expect(await archived(RECORD)).toEqual([{ key, body: RECORD }]);
  });

  it('gets records without a target too', async () => {
    const record: AuditRecord = { ...RECORD, action: 'audit.read', target: null, before: null, after: null };
    expect(await archived(record)).toHaveLength(1);
  });

  it('gets nothing of what is no record', async () => {
    const bucket = { create: () => Promise.reject(new Error('Nothing may be put.')) };
    const key = { pk: 'DAY#2026-01-31', sk: 'x' };
    await expect(archiveRecord(bucket, { key, item: { id: '../x', at: 1 } })).rejects.toThrow('id');
  });
});

describe('the items of a record', () => {
  it('are put under a condition that no item is there, by day and by target', () => {
    const writes = appendRecord(createTable(unusedDocumentClient(), 'audit'), RECORD);
    expect(writes.map(({ Put }) => Put?.ConditionExpression)).toEqual(Array(2).fill('attribute_not_exists(pk)'));
    const sk = `AT#${RECORD.at}#${RECORD.id}`;
    expect(changes(RECORD).map(({ key }) => key)).toEqual([
      { pk: 'DAY#2026-01-31', sk },
      { pk: 'TARGET#u1', sk },
    ]);
  });
});
