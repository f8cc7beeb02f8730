import { describe, expect, it } from '@jest/globals';
import { meetAt, recordCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { freshName, useIdentity } from '../../support/identity.ts';
import { JO, staffOn } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';

const identity = useIdentity();

/** A user who is Normal, and the token of a session. */
const someone = async () => {
  const { registerAs, verifyAs, attempt, inbox } = identity();
  const name = freshName();
  await registerAs(name);
  await verifyAs(name, inbox.code(`${name}@example.com`));
  const login = await attempt(name);
  if (!login.ok) throw new Error('The login was refused.');
  return { name, email: `${name}@example.com`, token: login.token };
};

const staff = () => staffOn(identity().resources);

/** Two of the staff with clients of their own, whose transactions meet before either is let through. */
const twoAtOnce = () => {
  const client = documentClientFor(identity().engine.endpoint);
  meetAt(client, 'TransactWriteItems', 2);
  const resources = { ...identity().resources, client };
  const kim = { principal: 'arn:aws:iam::111122223333:user/kim', requestId: 'request-2' };
  return [staffOn(resources), staffOn(resources, kim)] as const;
};

const ownRecords = async (username: string) =>
  (await staff().audit({ username })).records.filter(({ action }) => action !== 'audit.read');

describe('a status that staff set', () => {
  it('is recorded with the change, in one transaction and one call', async () => {
    const { name } = await someone();
    const client = documentClientFor(identity().engine.endpoint);
    const calls = recordCalls(client);
    expect(await staffOn({ ...identity().resources, client }).setStatus(name, 3, 'Fraud.')).toEqual({
      ok: true,
      data: null,
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['GetItem', 'GetItem', 'TransactWriteItems']);
    expect(await ownRecords(name)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        at: identity().clock.now(),
        actor: JO.principal,
        action: 'user.status',
        target: { userId: expect.any(String), username: name },
        reason: 'Fraud.',
        before: { userStatus: 1 },
        after: { userStatus: 3 },
        requestId: JO.requestId,
      },
    ]);
  });

  it('ends every session for good when the user cannot log in with it', async () => {
    const { name, token } = await someone();
    const { callerOf, attempt } = identity();
    expect(await callerOf(token)).toBeDefined();
    await staff().setStatus(name, 6);
    expect(await callerOf(token)).toBeUndefined();
    expect(await attempt(name)).toMatchObject({ code: 'ACCOUNT_BLOCKED' });
    await staff().setStatus(name, 1);
    expect(await callerOf(token)).toBeUndefined();
    expect(await attempt(name)).toMatchObject({ ok: true });
  });

  it('leaves sessions alone between Normal and NotTradable', async () => {
    const { name, token } = await someone();
    await staff().setStatus(name, 8);
    expect((await identity().callerOf(token))?.user.userStatus).toBe(8);
  });

  it('is told to the user when it locks, and only then', async () => {
    const { name, email } = await someone();
    const before = (await waitingMails(identity().resources, email)).length;
    await staff().setStatus(name, 7);
    await staff().setStatus(name, 1);
    const mails = (await waitingMails(identity().resources, email)).slice(before);
    expect(mails.map(({ kind }) => kind)).toEqual(['account-locked']);
  });

  it('is refused for nobody, for no change and for a way around verification, without a record', async () => {
    const { name } = await someone();
    expect(await staff().setStatus('nobody-at-all', 3)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await staff().setStatus(name, 1)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await staff().setStatus(name, 4)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await ownRecords(name)).toEqual([]);
    const fresh = freshName();
    await identity().registerAs(fresh);
    expect(await staff().setStatus(fresh, 1)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await staff().setStatus(fresh, 7)).toMatchObject({ ok: true });
    expect(await staff().setStatus(fresh, 1)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it.each([
    [3, 7],
    [6, 6],
  ] as const)('is one of two at once, %i and %i: the other sees that the state is not what it read', async (...to) => {
    const { name } = await someone();
    const results = await Promise.all(twoAtOnce().map((one, index) => one.setStatus(name, to[index] ?? 3)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toEqual([{ ok: false, code: 'UPDATE_FAILED' }]);
    expect(await ownRecords(name)).toHaveLength(1);
  });
});

describe('the terms of a VIP', () => {
  it('are recorded with what they were, and shown exactly', async () => {
    const { name } = await someone();
    await staff().setVip(name, true, '0.1250');
    identity().clock.advance(1);
    await staff().setVip(name, false, '0');
    expect((await ownRecords(name)).map(({ before, after }) => [before, after])).toEqual([
      [
        { isVIP: true, spread: '0.125' },
        { isVIP: false, spread: '0' },
      ],
      [
        { isVIP: false, spread: null },
        { isVIP: true, spread: '0.125' },
      ],
    ]);
    const seen = await staff().view(name);
    expect(seen).toMatchObject({ ok: true, data: { isVIP: false, spread: { text: '0' }, sessions: 1 } });
  });

  it('are those of one of two at once', async () => {
    const { name } = await someone();
    const [jo, kim] = twoAtOnce();
    const results = await Promise.all([jo.setVip(name, true, '0.1'), kim.setVip(name, true, '0.2')]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'UPDATE_FAILED' });
    expect(await ownRecords(name)).toHaveLength(1);
  });

  it('can be set while another sets the status', async () => {
    const { name } = await someone();
    const [jo, kim] = twoAtOnce();
    const results = await Promise.all([jo.setVip(name, true, '0.1'), kim.setStatus(name, 8)]);
    expect(results).toEqual([
      { ok: true, data: null },
      { ok: true, data: null },
    ]);
    expect(await ownRecords(name)).toHaveLength(2);
  });
});

describe('a look', () => {
  it('is recorded, at a user and at the audit itself', async () => {
    const { name } = await someone();
    await staff().view(name.toUpperCase());
    await staff().audit({ username: `${name}@example.com` });
    const { records } = await staff().audit({ username: name });
    expect(records).toHaveLength(2);
    for (const action of ['user.read', 'audit.read']) {
      const look = { action, actor: JO.principal, reason: null, before: null, after: null };
      expect(records).toContainEqual(expect.objectContaining(look));
    }
  });

  it('at nobody shows nothing', async () => {
    expect(await staff().view('nobody-at-all')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
});

describe('the audit', () => {
  it('is paged newest first, each record once, also those of one millisecond', async () => {
    const { name } = await someone();
    for (const spread of ['1', '2', '3', '4', '5']) {
      await staff().setVip(name, true, spread);
      if (spread === '3') identity().clock.advance(1);
    }
    const all = await ownRecords(name);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      // From the end of what was there before this test read anything.
      const page = await staff().audit({ username: name }, { limit: 2, before });
      seen.push(...page.records.filter(({ action }) => action === 'user.vip').map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((left, right) => right - left));
    expect(all).toHaveLength(5);
  });

  it('is read by day too', async () => {
    const { name } = await someone();
    await staff().setStatus(name, 3);
    const date = new Date(identity().clock.now()).toISOString().slice(0, 10);
    const { records } = await staff().audit({ date });
    expect(records.filter(({ target }) => target?.username === name)).toHaveLength(1);
    expect((await staff().audit({ date: '1999-01-01' })).records).toEqual([]);
  });
});
