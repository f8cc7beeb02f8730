import { describe, expect, it } from '@jest/globals';
import { recordCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { useIdentity } from '../../support/identity.ts';
import { reviewCases } from '../../support/kyc-review.ts';
import { JO, staffOn } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';

const identity = useIdentity();

const cases = () => reviewCases(identity());
const staff = () => staffOn(identity().resources);

const APPROVAL = { level: 2, decision: 'approve', reason: 'In order.' } as const;

const recordsOf = async (username: string) =>
  (await staff().audit({ username })).records.filter(({ action }) => action === 'kyc.decision');

const inQueue = async (username: string) =>
  (await staff().reviews()).reviews.filter((review) => review.username === username);

describe('level 2 approved', () => {
  it('is the user’s from the next request on, in one transaction with its record, and out of the queue', async () => {
    const { name, token, userId } = await cases().underReview();
    expect(await inQueue(name)).toMatchObject([{ level: 2 }]);
    const client = documentClientFor(identity().engine.endpoint);
    const calls = recordCalls(client);
    const decided = await staffOn({ ...identity().resources, client }).decide(name, APPROVAL);
    expect(decided).toEqual({ ok: true, data: null });
    expect(calls.filter(({ operation }) => operation === 'TransactWriteItems')).toHaveLength(1);
    expect(await cases().userOf(token)).toMatchObject({ kycLevel: 2 });
    expect(await cases().status(token)).toMatchObject({
      level: 2,
      statusLevel2: 3,
      idPhotoVerification: 3,
      idSelfieVerification: 3,
      secondIdPhotoVerification: 3,
      addressVerification: 3,
    });
    expect(await inQueue(name)).toEqual([]);
    expect(await cases().record(userId)).not.toHaveProperty('requestedAt');
  });

  it('is told by mail in the user’s language, and recorded in statuses alone', async () => {
    const { name, person, mobilePhone } = await cases().underReview();
    await staff().decide(name, APPROVAL);
    const mails = await waitingMails(identity().resources, `${name}@example.com`);
    expect(mails.filter(({ kind }) => kind === 'kyc-approved')).toMatchObject([{ locale: 'en', facts: { level: 2 } }]);
    const records = await recordsOf(name);
    expect(records).toEqual([
      {
        id: expect.any(String),
        at: identity().clock.now(),
        actor: JO.principal,
        action: 'kyc.decision',
        target: { userId: expect.any(String), username: name },
        reason: 'In order.',
        before: {
          kycLevel: 1,
          statusLevel1: 3,
          statusLevel2: 2,
          statusLevel3: 1,
          images: { 1: 2, 2: 2, 3: 2, 4: 2, 5: 2 },
        },
        after: {
          kycLevel: 2,
          statusLevel1: 3,
          statusLevel2: 3,
          statusLevel3: 1,
          images: { 1: 3, 2: 3, 3: 3, 4: 3, 5: 3 },
        },
        requestId: JO.requestId,
      },
    ]);
    const text = JSON.stringify((await staff().audit({ username: name })).records);
    for (const secret of [person.name, person.birthday, person.identityNumber, mobilePhone]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('level 2 rejected', () => {
  const rejection = {
    level: 2 as const,
    decision: 'reject' as const,
    images: { 1: 'approve', 2: 'approve', 3: 'reject', 4: 'approve', 5: 'reject' } as const,
    reasons: { 5: 'Older than <three> months.' },
    reason: 'The face is not to be seen.',
  };

  it('names images and reasons, to the user and by mail; the user sends only those again', async () => {
    const { name, token, userId } = await cases().underReview();
    expect(await staff().decide(name, rejection)).toEqual({ ok: true, data: null });
    const reasons = { 3: 'The face is not to be seen.', 5: 'Older than <three> months.' };
    expect(await cases().status(token)).toMatchObject({
      level: 1,
      statusLevel2: 4,
      idPhotoVerification: 3,
      idSelfieVerification: 4,
      secondIdPhotoVerification: 3,
      addressVerification: 4,
      rejectReasons: reasons,
    });
    const mails = await waitingMails(identity().resources, `${name}@example.com`);
    expect(mails.filter(({ kind }) => kind === 'kyc-rejected')).toMatchObject([
      {
        facts: {
          level: 2,
          images: [
            { type: 3, reason: reasons[3] },
            { type: 5, reason: reasons[5] },
          ],
        },
      },
    ]);
    expect(await cases().apply2(token).catch(String)).toMatch(/IMAGE_MISSING/);
    await cases().upload(userId, 3);
    await cases().upload(userId, 5);
    await cases().apply2(token);
    expect(await inQueue(name)).toHaveLength(1);
    // Of the second look one image is still not good; the other four were approved for good.
    await staff().decide(name, { ...rejection, images: { 3: 'approve', 5: 'reject' } });
    const status = await cases().status(token);
    expect(status).toMatchObject({ idSelfieVerification: 3, addressVerification: 4 });
    expect(status.rejectReasons).toEqual({ 5: reasons[5] });
    await cases().upload(userId, 5);
    await cases().apply2(token);
    await staff().decide(name, APPROVAL);
    const passed = await cases().status(token);
    expect(passed).toMatchObject({ level: 2, addressVerification: 3 });
    expect(passed).not.toHaveProperty('rejectReasons');
    expect(await recordsOf(name)).toHaveLength(3);
  });

  it('leaves images that were not named as they are', async () => {
    const { name } = await cases().underReview();
    await staff().decide(name, { ...rejection, images: { 5: 'reject' } });
    const [record] = await recordsOf(name);
    expect(record?.after).toMatchObject({ images: { 1: 2, 2: 2, 3: 2, 4: 2, 5: 4 } });
  });
});
