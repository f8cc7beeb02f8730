import { describe, expect, it } from '@jest/globals';
import { emailOf, freshName, useIdentity } from '../../support/identity.ts';

const MINUTE = 60_000;

describe('the first code of a registration', () => {
  const identity = useIdentity();

  const mailsTo = (name: string) => identity().inbox.mails.filter(({ to }) => to === emailOf(name));

  it('lies in no item of the outbox', async () => {
    const name = freshName();
    await identity().registerAs(name, { unsent: true });
    const [item] = await identity().outbox.items();
    expect(item).toMatchObject({ kind: 'verification', facts: {}, to: emailOf(name) });
    expect(await identity().outbox.deliverAll()).toEqual(['sent']);
    expect(JSON.stringify(item)).not.toContain(identity().inbox.code(emailOf(name)));
  });

  it('is not made when the user has asked for one before the mail was sent', async () => {
    const name = freshName();
    await identity().registerAs(name, { unsent: true });
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    expect(await identity().outbox.deliverAll()).toEqual(['dropped']);
    expect(mailsTo(name)).toHaveLength(1);
    expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
  });

  it('is not made for a user who is verified by then', async () => {
    const name = freshName();
    identity().inbox.refusing = true;
    await identity().registerAs(name);
    identity().inbox.refusing = false;
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
    identity().clock.advance(2 * MINUTE);
    expect(await identity().outbox.deliverAll()).toEqual(['dropped']);
    expect(mailsTo(name)).toHaveLength(1);
  });

  it('is another one after a failure, and good', async () => {
    const name = freshName();
    identity().inbox.refusing = true;
    await identity().registerAs(name);
    identity().inbox.refusing = false;
    identity().clock.advance(2 * MINUTE);
    expect(await identity().outbox.deliverAll()).toEqual(['sent']);
    expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
  });
});
