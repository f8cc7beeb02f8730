import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../../shared/platform/clock.ts';
import { meetAt } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { freshName, useIdentity } from '../../support/identity.ts';
import { factorUseCases } from '../../support/second-factor.ts';
import { staffOn } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';

const identity = useIdentity();

const staff = () => staffOn(identity().resources);

describe('a second factor that staff reset', () => {
  it('is gone, with every session, and outgoing money is held for a day', async () => {
    const { name, token } = await factorUseCases(identity()).boundUser();
    expect(await identity().callerOf(token)).toBeDefined();
    expect(await staff().resetFactor(name)).toEqual({ ok: true, data: null });
    expect(await identity().callerOf(token)).toBeUndefined();
    const login = await identity().attempt(name);
    expect(login).toMatchObject({ ok: true, data: { is2FA: false } });
    // The password alone logs in now, and can bind a new one.
    const caller = await identity().callerOf(login.ok ? login.token : '', true);
    expect(caller?.session.pending).toBe(false);
    expect(caller?.user.holdUntil).toBe(identity().clock.now() + DAY);
    expect(caller?.factor).not.toHaveProperty('key');
    expect(await staff().resetFactor(name)).toEqual({ ok: false, code: 'TWO_FACTOR_NOT_BOUND' });
  });

  it('is recorded, told by mail and in the user’s log, with nothing of the key', async () => {
    const { name } = await factorUseCases(identity()).boundUser();
    await staff().resetFactor(name);
    const holdUntil = identity().clock.now() + DAY;
    const { records } = await staff().audit({ username: name });
    expect(records).toMatchObject([
      {
        action: 'user.2fa-reset',
        reason: 'why',
        before: { is2FA: true, holdUntil: null },
        after: { is2FA: false, holdUntil },
      },
    ]);
    const mails = await waitingMails(identity().resources, `${name}@example.com`);
    expect(mails.at(-1)).toMatchObject({ kind: 'factor-reset', facts: { holdUntil } });
    const seen = await staff().view(name);
    expect(seen).toMatchObject({ ok: true, data: { holdUntil, is2FA: false, sessions: 0 } });
    if (!seen.ok) throw new Error('The user is not there.');
    expect(seen.data.log.find(({ operationCode }) => operationCode === 1009)).toMatchObject({ ip: '-' });
  });

  it('is reset once by two at once, with one record', async () => {
    const { name } = await factorUseCases(identity()).boundUser();
    const client = documentClientFor(identity().engine.endpoint);
    const met = meetAt(client, 'TransactWriteItems', 2);
    const one = staffOn({ ...identity().resources, client });
    const results = await Promise.all([one.resetFactor(name), one.resetFactor(name)]);
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'UPDATE_FAILED' });
    expect((await staff().audit({ username: name })).records).toHaveLength(1);
  });

  it('is refused where none is bound or nobody is there', async () => {
    const name = freshName();
    await identity().registerAs(name);
    expect(await staff().resetFactor(name)).toEqual({ ok: false, code: 'TWO_FACTOR_NOT_BOUND' });
    expect(await staff().resetFactor('nobody-at-all')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
});
