import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { OPERATOR } from '../../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../../infra/local/workers/access-key.ts';
import { staffKycUser } from '../../../shared/contracts/staff/kyc-user.ts';
import { somebody } from '../../support/journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });

const JO = { headers: { 'x-local-principal': 'jo.lin' } };
const PICTURE = 'a picture';
const AT = 1624326465572;

const operator = () => {
  const { id, secret } = accessKeyOf(OPERATOR);
  return { region: 'ap-northeast-1', maxAttempts: 1, credentials: { accessKeyId: id, secretAccessKey: secret } };
};

const open = async (username: string) =>
  staffKycUser.data.parse(envelopeOf(await live.stack.callStaff('GET', `/admin/v1/kyc/users/${username}`, JO)).data);

/** A user with one document, as an upload leaves it behind. */
const userWithDocument = async () => {
  const person = somebody();
  await live.journey.loggedIn(person);
  const { userId } = await open(person.username);
  const { dynamodb, s3 } = live.stack.stack.endpoints;
  const objectKey = `identity/${userId}/secret-key`;
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient({ ...operator(), endpoint: dynamodb }));
  const image = { type: 1, id: `${userId}_${AT}`, objectKey, contentType: 'image/jpeg', filename: `${AT}.jpg` };
  const Item = { pk: `USER#${userId}`, sk: 'IMAGE#1', ...image, size: 9, status: 2, uploadedAt: AT };
  await tables.send(new PutCommand({ TableName: 'bitgin-test-kyc', Item }));
  tables.destroy();
  const bucket = new S3Client({ ...operator(), endpoint: s3 });
  const object = { Bucket: 'bitgin-test-documents-000000000000', Key: objectKey, ContentType: 'image/jpeg' };
  await bucket.send(new PutObjectCommand({ ...object, Body: PICTURE }));
  bucket.destroy();
  return person.username;
};

const shiftClock = (offsetMs: number) => live.stack.call('POST', '/_local/clock', { body: { offsetMs } });

describe('a link to a document', () => {
  it('opens it for five minutes, as what it is, and not longer', async () => {
    const opened = await open(await userWithDocument());
    const { url = '' } = opened.images[0] ?? {};
    expect(opened.linksExpireAt).toBeGreaterThan(Date.now() + 295_000);
    expect(opened.linksExpireAt).toBeLessThanOrEqual(Date.now() + 300_000);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('300');
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('content-disposition')).toBe(`inline; filename="${AT}.jpg"`);
    expect(await response.text()).toBe(PICTURE);
    await shiftClock(290_000);
    expect((await fetch(url)).status).toBe(200);
    await shiftClock(301_000);
    const late = await fetch(url);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    await shiftClock(0);
  });

  it('opens nothing but that document, and nothing without its signature', async () => {
    const [first, second] = [await open(await userWithDocument()), await open(await userWithDocument())];
    const { url = '' } = first.images[0] ?? {};
    const { pathname } = new URL(second.images[0]?.url ?? '');
    const { origin, search } = new URL(url);
    expect((await fetch(`${origin}${pathname}${search}`)).status).toBe(403);
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(403);
    expect((await fetch(url.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000'))).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
  });

  it('is made only for whom the audit knows', async () => {
    const username = await userWithDocument();
    const functionName = 'bitgin-test-admin-kyc-user';
    await live.stack.fault({ service: 'dynamodb', mode: 'fail', operation: 'TransactWriteItems', functionName });
    const failed = await live.stack.callStaff('GET', `/admin/v1/kyc/users/${username}`, JO);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    expect([failed.status, envelopeOf(failed).data]).toEqual([503, null]);
    expect(live.stack.logs().join('\n')).not.toContain('X-Amz-Signature');
  });
});
