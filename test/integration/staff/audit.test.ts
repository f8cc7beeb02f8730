import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import { staffAudit } from '../../../shared/contracts/staff/audit.ts';
import type { AuditRecord } from '../../../shared/contracts/staff/audit-record.ts';
import { archiveKey } from '../../../shared/staff/audit-archive.ts';
import { somebody } from '../../support/journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });

const JO = { headers: { 'x-local-principal': 'jo.lin' } };

const TABLE = 'bitgin-test-audit';
const ARCHIVE = 'bitgin-test-audit-archive-000000000000';

const user = async () => {
  const person = somebody();
  return { ...person, token: await live.journey.loggedIn(person) };
};

const setStatus = (username: string, userStatus: number) =>
  live.stack.callStaff('POST', `/admin/v1/users/${username}/status`, {
    ...JO,
    body: { userStatus, reason: 'The owner reported a theft.' },
  });

const recordsOf = async (username: string): Promise<readonly AuditRecord[]> => {
  const response = await live.stack.callStaff('GET', `/admin/v1/audit?username=${username}`, JO);
  return staffAudit.data.parse(envelopeOf(response).data).records;
};

const clientOf = (name: string) => {
  const { id, secret } = accessKeyOf(name);
  return { region: 'ap-northeast-1', maxAttempts: 1, credentials: { accessKeyId: id, secretAccessKey: secret } };
};

const s3 = (name: string) => new S3Client({ ...clientOf(name), endpoint: live.stack.stack.endpoints.s3 });

/** The archived copy of a record; waits for the stream to deliver it. */
const archived = async (record: AuditRecord, patienceMs = 10_000): Promise<unknown> => {
  const client = s3(OPERATOR);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: ARCHIVE, Key: archiveKey(record) }));
      return JSON.parse((await Body?.transformToString()) ?? '');
    } catch (error) {
      if (!(error instanceof NoSuchKey) || performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
};

describe('what staff do', () => {
  it('takes effect at once, is recorded, and copied to the archive', async () => {
    const { username, token } = await user();
    expect(envelopeOf(await setStatus(username, 7))).toMatchObject({ code: 1, msg: 'Success', data: null });
    expect((await live.stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(401);
    const [record] = await recordsOf(username);
    expect(record).toMatchObject({
      actor: 'arn:aws:iam::000000000000:user/jo.lin',
      action: 'user.status',
      target: { username },
      reason: 'The owner reported a theft.',
      before: { userStatus: 1 },
      after: { userStatus: 7 },
    });
    if (!record) throw new Error('There is no record.');
    expect(await archived(record)).toEqual(record);
  });

  it('is shown as one number each, exactly', async () => {
    const { username, email } = await user();
    const body = '{"isVIP":true,"spread":0.100000,"reason":"Volume."}';
    const headers = { ...JO.headers, 'content-type': 'application/json' };
    await live.stack.callStaff('POST', `/admin/v1/users/${encodeURIComponent(email)}/vip`, { headers, body });
    const response = await live.stack.callStaff('GET', `/admin/v1/users/${username}`, JO);
    expect(envelopeOf(response).data).toMatchObject({ username, email, isVIP: true, spread: 0.1, sessions: 1 });
    expect((await recordsOf(username)).map(({ action }) => action)).toEqual(['user.read', 'user.vip']);
  });

  it('does not happen when it cannot be recorded', async () => {
    const { username, token } = await user();
    await live.stack.fault({
      service: 'dynamodb',
      mode: 'fail',
      operation: 'TransactWriteItems',
      functionName: 'bitgin-test-admin-user-status',
    });
    const failed = await setStatus(username, 7);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    expect([failed.status, envelopeOf(failed).code]).toEqual([503, -503]);
    expect((await live.stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(200);
    expect(await recordsOf(username)).toEqual([]);
  });

  it.each([
    ['bitgin-test-admin-user', '/admin/v1/users/'],
    ['bitgin-test-admin-audit', '/admin/v1/audit?username='],
  ])('is not shown by %s when the look cannot be recorded', async (functionName, path) => {
    const { username } = await user();
    await live.stack.fault({ service: 'dynamodb', mode: 'fail', operation: 'TransactWriteItems', functionName });
    const failed = await live.stack.callStaff('GET', `${path}${username}`, JO);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    expect([failed.status, envelopeOf(failed)]).toMatchObject([503, { code: -503, data: null }]);
    expect(live.stack.logs().some((line) => line.includes('"AUDIT_FAILED"'))).toBe(true);
  });
});

describe('the audit', () => {
  it('can be changed or deleted by no function of the staff, and neither can its archive', async () => {
    const { username } = await user();
    await setStatus(username, 3);
    const [record] = await recordsOf(username);
    if (!record) throw new Error('There is no record.');
    const Key = { pk: { S: `TARGET#${record.target?.userId}` }, sk: { S: `AT#${record.at}#${record.id}` } };
    const names = live.stack.stack.application.functions.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const client = new DynamoDBClient({ ...clientOf(name), endpoint: live.stack.stack.endpoints.dynamodb });
      const bucket = s3(name);
      const attempts = [
        client.send(new UpdateItemCommand({ TableName: TABLE, Key, UpdateExpression: 'REMOVE reason' })),
        client.send(new DeleteItemCommand({ TableName: TABLE, Key })),
        client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: [{ DeleteRequest: { Key } }] } })),
        bucket.send(new DeleteObjectCommand({ Bucket: ARCHIVE, Key: archiveKey(record) })),
      ];
      const outcomes = await Promise.allSettled(attempts);
      expect(outcomes.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
        Array(4).fill(expect.stringMatching(/^AccessDenied/)),
      );
      client.destroy();
      bucket.destroy();
    }
    expect((await recordsOf(username)).find(({ id }) => id === record.id)).toEqual(record);
  });

  it('reaches the archive when S3 is back, each record once it is', async () => {
    await live.stack.fault({ service: 's3', mode: 'fail' });
    const { username } = await user();
    await setStatus(username, 6);
    await setStatus(username, 1);
    const records = await recordsOf(username);
    while ((await live.stack.struck('s3')) < 2) await sleep(50);
    await live.stack.fault({ service: 's3', mode: 'none' });
    expect(records).toHaveLength(2);
    for (const record of records) expect(await archived(record, 20_000)).toEqual(record);
  });
});
