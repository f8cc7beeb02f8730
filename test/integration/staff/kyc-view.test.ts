import { describe, expect, it } from '@jest/globals';
import { AuditFailedError } from '../../../shared/staff/audit.ts';
import { recordCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { useIdentity } from '../../support/identity.ts';
import { BANK, reviewCases } from '../../support/kyc-review.ts';
import { QUESTIONNAIRE } from '../../support/kyc.ts';
import { staffOn } from '../../support/staff.ts';

const identity = useIdentity();

const cases = () => reviewCases(identity());
const staff = () => staffOn(identity().resources);

describe('a record that staff open', () => {
  it('is shown in plain text, with a link of five minutes to each document', async () => {
    const { name, userId, person, mobilePhone } = await cases().underReview();
    const requestedAt = identity().clock.now();
    const opened = await staff().openKyc(name);
    expect(opened).toMatchObject({
      ok: true,
      data: {
        userId,
        username: name,
        level: 1,
        statusLevel1: 3,
        statusLevel2: 2,
        statusLevel3: 1,
        ...person,
        mobilePhone: `+886${mobilePhone.slice(1)}`,
        questionnaire: QUESTIONNAIRE,
        bankApplication: null,
        requestedAt,
        linksExpireAt: requestedAt + 300_000,
      },
    });
    if (!opened.ok) throw new Error('There is no such user.');
    expect(opened.data.images.map(({ type }) => type)).toEqual([1, 2, 3, 4, 5]);
    for (const { type, filename, url, reason } of opened.data.images) {
      expect(url).toMatch(new RegExp(`^https://test-documents\\.test/identity/${type}-\\d+\\?for=300&as=${filename}$`));
      expect(reason).toBeNull();
    }
    expect(JSON.stringify(opened.data)).not.toContain('objectKey');
  });

  it('shows the account applied for, and why an image was rejected', async () => {
    const one = await cases().underReview();
    await staff().decide(one.name, { level: 2, decision: 'approve', reason: 'In order.' });
    await cases().apply3(one, '60090100005777');
    const opened = await staff().openKyc(one.name);
    expect(opened).toMatchObject({ ok: true, data: { bankApplication: { ...BANK, account: '60090100005777' } } });
    const images = { 6: 'reject' } as const;
    await staff().decide(one.name, { level: 3, decision: 'reject', images, reason: 'Another name.' });
    const again = await staff().openKyc(one.name);
    expect(again.ok && again.data.images.at(-1)).toMatchObject({ type: 6, status: 4, reason: 'Another name.' });
  });

  it('is empty for a user who has sent nothing, and not there for nobody', async () => {
    const { name } = await cases().someone();
    expect(await staff().openKyc(name)).toMatchObject({
      ok: true,
      data: {
        version: 0,
        level: 0,
        statusLevel1: 1,
        name: null,
        identityNumber: null,
        images: [],
        linksExpireAt: null,
      },
    });
    expect(await staff().openKyc('nobody-at-all')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });

  it('is opened only after it was recorded, each time, in statuses alone', async () => {
    const { name, person, mobilePhone } = await cases().underReview();
    const client = documentClientFor(identity().engine.endpoint);
    const calls = recordCalls(client);
    await staffOn({ ...identity().resources, client }).openKyc(name);
    await staff().openKyc(name);
    expect(calls.at(-1)?.operation).toBe('TransactWriteItems');
    const { records } = await staff().audit({ username: name });
    const looks = records.filter(({ action }) => action === 'kyc.read');
    expect(looks).toHaveLength(2);
    expect(looks[0]).toMatchObject({ before: { kycLevel: 1, statusLevel2: 2, images: { 1: 2, 5: 2 } }, after: null });
    for (const secret of [person.name, person.birthday, person.identityNumber, mobilePhone]) {
      expect(JSON.stringify(records)).not.toContain(secret);
    }
  });

  it('is not shown when the look cannot be recorded', async () => {
    const { name } = await cases().underReview();
    const client = documentClientFor(identity().engine.endpoint);
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          commandName === 'TransactWriteItemsCommand' || commandName === 'TransactWriteCommand'
            ? Promise.reject(new Error('The audit is out of reach.'))
            : next(args),
      { step: 'initialize' },
    );
    await expect(staffOn({ ...identity().resources, client }).openKyc(name)).rejects.toThrow(AuditFailedError);
  });
});

describe('the queue', () => {
  it('lists what waits, oldest first, of one level or of both, page by page', async () => {
    const first = await cases().underReview();
    const second = await cases().underReview();
    await staff().decide(second.name, { level: 2, decision: 'approve', reason: 'In order.' });
    const third = await cases().underReview();
    await cases().apply3(second, '60090100005777');
    const mine = new Set([first.name, second.name, third.name]);
    const namesOf = (reviews: readonly { readonly username: string }[]) =>
      reviews.map(({ username }) => username).filter((name) => mine.has(name));
    expect(namesOf((await staff().reviews()).reviews)).toEqual([first.name, third.name, second.name]);
    expect(namesOf((await staff().reviews({ level: 2 })).reviews)).toEqual([first.name, third.name]);
    expect((await staff().reviews({ level: 3 })).reviews).toMatchObject([{ username: second.name, level: 3 }]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await staff().reviews({ limit: 1, after });
      expect(page.reviews.length).toBeLessThanOrEqual(1);
      seen.push(...namesOf(page.reviews));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual([first.name, third.name, second.name]);
  });

  it('is a look that is recorded', async () => {
    await staff().reviews();
    const date = new Date(identity().clock.now()).toISOString().slice(0, 10);
    const { records } = await staff().audit({ date });
    expect(records).toContainEqual(expect.objectContaining({ action: 'kyc.reviews', target: null }));
  });
});
