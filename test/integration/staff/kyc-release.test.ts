import { describe, expect, it } from '@jest/globals';
import { meetAt } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { useIdentity } from '../../support/identity.ts';
import { reviewCases } from '../../support/kyc-review.ts';
import { freshIdentityNumber, freshPhone, somePerson } from '../../support/kyc.ts';
import { staffOn } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';

const identity = useIdentity();

const cases = () => reviewCases(identity());
const staff = () => staffOn(identity().resources);

const reason = 'It belongs to somebody else.';

describe('an identity number that staff release', () => {
  it('is free for another user, and level 1 of the one who had it is open again', async () => {
    const holder = await cases().passedUser();
    const { identityNumber } = holder.person;
    const claimant = await cases().someone();
    expect(await cases().submit(claimant, holder.person)).toMatchObject({ code: 'IDENTITY_TAKEN' });
    expect(await staff().release(holder.name, { identityNumber: identityNumber.toLowerCase(), reason })).toEqual({
      ok: true,
      data: null,
    });
    expect(await cases().status(holder.token)).toMatchObject({ level: 0, statusLevel1: 4 });
    expect(await cases().submit(claimant, holder.person)).toMatchObject({ ok: true });
    const user = await cases().userOf(claimant.token);
    expect(await cases().passUntexted(user, freshPhone())).toMatchObject({ ok: true });
    // Who had it can no longer pass with it, and can with the right one.
    expect(await cases().submit(holder, holder.person)).toMatchObject({ code: 'IDENTITY_TAKEN' });
    expect(await cases().submit(holder, somePerson())).toMatchObject({ ok: true });
    expect(await cases().passUntexted(await cases().userOf(holder.token), holder.mobilePhone)).toMatchObject({
      ok: true,
    });
    expect(await cases().status(holder.token)).toMatchObject({ level: 1 });
  });

  it('is recorded by its mask, and told by mail', async () => {
    const { name, person } = await cases().passedUser();
    const { identityNumber } = person;
    await staff().release(name, { identityNumber, reason });
    const { records } = await staff().audit({ username: name });
    const mask = `${identityNumber.slice(0, 3)}****${identityNumber.slice(-2)}`;
    expect(records).toMatchObject([
      {
        action: 'kyc.release',
        reason,
        before: { kycLevel: 1, statusLevel1: 3, identityNumber: mask },
        after: { kycLevel: 0, statusLevel1: 4, identityNumber: null },
      },
    ]);
    expect(JSON.stringify(records)).not.toContain(identityNumber);
    const mails = await waitingMails(identity().resources, `${name}@example.com`);
    expect(mails.filter(({ kind }) => kind === 'kyc-rejected')).toMatchObject([{ facts: { level: 1, reason } }]);
  });
});

describe('a phone that staff release', () => {
  it('is free for another user; the one who lost it passes with a new one and is where they were', async () => {
    const one = await cases().underReview();
    await staff().decide(one.name, { level: 2, decision: 'approve', reason: 'In order.' });
    const other = await cases().someone();
    expect(await cases().check(one.mobilePhone, other.userId)).toMatchObject({ code: 'PHONE_TAKEN' });
    expect(await staff().release(one.name, { mobilePhone: one.mobilePhone, reason })).toMatchObject({ ok: true });
    expect(await cases().check(one.mobilePhone, other.userId)).toMatchObject({ ok: true });
    await cases().submit(one, one.person);
    expect(await cases().passUntexted(await cases().userOf(one.token), freshPhone())).toMatchObject({ ok: true });
    expect(await cases().status(one.token)).toMatchObject({ level: 2, statusLevel2: 3 });
  });

  it('can be released after level 1 was reopened for something else', async () => {
    const { name, mobilePhone } = await cases().passedUser();
    await staff().decide(name, { level: 1, decision: 'reject', reason: 'The name is misspelt.' });
    expect(await staff().release(name, { mobilePhone, reason })).toMatchObject({ ok: true });
    expect(await cases().check(mobilePhone)).toMatchObject({ ok: true });
  });
});

describe('a release', () => {
  it('is refused for nobody, for what is no number, for a number of another user, and while staff review', async () => {
    const { name } = await cases().passedUser();
    const other = await cases().underReview();
    const { identityNumber } = other.person;
    expect(await staff().release('nobody-at-all', { identityNumber, reason })).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(await staff().release(name, { identityNumber: 'A100000000', reason })).toMatchObject({
      code: 'INVALID_PARAMETER',
    });
    expect(await staff().release(name, { mobilePhone: '12', reason })).toEqual({ ok: false, code: 'PHONE_INVALID' });
    for (const [who, body] of [
      [name, { identityNumber }],
      [name, { identityNumber: freshIdentityNumber() }],
      [name, { mobilePhone: other.mobilePhone }],
      [other.name, { identityNumber }],
    ] as const) {
      expect(await staff().release(who, { ...body, reason })).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    }
    expect((await staff().audit({ username: name })).records).toEqual([]);
  });

  it('by two at once is done by one', async () => {
    const { name, person } = await cases().passedUser();
    const client = documentClientFor(identity().engine.endpoint);
    const met = meetAt(client, 'TransactWriteItems', 2);
    const both = staffOn({ ...identity().resources, client });
    const body = { identityNumber: person.identityNumber, reason };
    const results = await Promise.all([both.release(name, body), both.release(name, body)]);
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'UPDATE_FAILED' });
  });
});
