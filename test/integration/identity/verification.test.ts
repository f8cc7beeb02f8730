import { describe, expect, it } from '@jest/globals';
import { meetAt } from '../../support/call-log.ts';
import { emailOf, freshName, useIdentity } from '../../support/identity.ts';

const MINUTE = 60_000;
const WRONG = { ok: false, code: 'EMAIL_CODE_WRONG' };

describe('verification by mail', () => {
  const identity = useIdentity();

  const registered = async () => {
    const name = freshName();
    await identity().registerAs(name);
    return { name, code: () => identity().inbox.code(emailOf(name)) };
  };

  /** A code that is not `code`. */
  const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');

  it('activates the user, once', async () => {
    const { name, code } = await registered();
    expect(await identity().verifyAs(emailOf(name), code())).toEqual({ ok: true, data: null });
    expect(await identity().verifyAs(name, code())).toEqual(WRONG);
    expect(await identity().attempt(name)).toMatchObject({ ok: true, data: { userStatus: 1 } });
  });

  it('lets one of 100 parallel uses of one code win', async () => {
    const { name, code } = await registered();
    const met = meetAt(identity().engine.client, 'UpdateItem', 100);
    const results = await Promise.all(Array.from({ length: 100 }, () => identity().verifyAs(name, code())));
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is over after five wrong tries, even with the right code', async () => {
    const { name, code } = await registered();
    for (let tries = 0; tries < 4; tries += 1)
      expect(await identity().verifyAs(name, otherThan(code()))).toEqual(WRONG);
    const other = await registered();
    for (let tries = 0; tries < 5; tries += 1) await identity().verifyAs(other.name, otherThan(other.code()));
    expect(await identity().verifyAs(name, code())).toMatchObject({ ok: true });
    expect(await identity().verifyAs(other.name, other.code())).toEqual(WRONG);
  });

  it('is over after five minutes, to the millisecond', async () => {
    const early = await registered();
    const late = await registered();
    identity().clock.advance(5 * MINUTE - 1);
    expect(await identity().verifyAs(early.name, early.code())).toMatchObject({ ok: true });
    identity().clock.advance(1);
    expect(await identity().verifyAs(late.name, late.code())).toEqual(WRONG);
  });

  it('knows the newest code only', async () => {
    const { name, code } = await registered();
    const first = code();
    identity().clock.advance(MINUTE);
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    const olderOne = first === code() ? otherThan(first) : first;
    expect(await identity().verifyAs(name, olderOne)).toEqual(WRONG);
    expect(await identity().verifyAs(name, code())).toMatchObject({ ok: true });
  });

  it('answers an unknown user like a wrong code', async () => {
    expect(await identity().verifyAs(freshName(), '123456')).toEqual(WRONG);
  });

  it('outlives the seven days of an unverified registration', async () => {
    const { name, code } = await registered();
    await identity().verifyAs(name, code());
    identity().clock.advance(8 * 24 * 60 * MINUTE);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
    expect(await identity().registerAs(name)).toMatchObject({ ok: false });
  });
});

describe('sending codes', () => {
  const identity = useIdentity();

  it('pauses a minute between two, and tells how long', async () => {
    const name = freshName();
    await identity().registerAs(name);
    identity().clock.advance(MINUTE - 1500);
    expect(await identity().applyCode(name)).toEqual({
      ok: false,
      code: 'RATE_LIMITED',
      retryAfter: 2,
      params: { seconds: '2' },
    });
    identity().clock.advance(1500);
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
  });

  it('sends one mail for 20 parallel requests', async () => {
    const name = freshName();
    await identity().registerAs(name);
    identity().clock.advance(MINUTE);
    const results = await Promise.all(Array.from({ length: 20 }, () => identity().applyCode(name)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'RATE_LIMITED')).toHaveLength(19);
    expect(identity().inbox.mails.filter(({ to }) => to === emailOf(name))).toHaveLength(2);
  });

  it('masks the address for who knows a username only', async () => {
    const name = freshName();
    await identity().registerAs(name);
    identity().clock.advance(MINUTE);
    expect(await identity().applyCode(name)).toEqual({ ok: true, data: { email: 'u***@example.com' } });
    identity().clock.advance(MINUTE);
    expect(await identity().applyCode(emailOf(name))).toEqual({ ok: true, data: { email: emailOf(name) } });
  });

  it('asks strangers for a captcha from the fourth in a day, and not the user', async () => {
    const name = freshName();
    await identity().registerAs(name);
    const session = await identity().attempt(name);
    const callerId = session.ok ? (await identity().callerOf(session.token))?.user.userId : undefined;
    const next = (options: { callerId?: string; captcha?: object } = {}) => {
      identity().clock.advance(MINUTE);
      return identity().applyCode(name, options);
    };
    await next();
    await next();
    expect(await next()).toEqual({ ok: false, code: 'CAPTCHA_WRONG' });
    expect(await next({ captcha: { ...(await identity().captcha()), captchaNumber: 'WXYZ' } })).toMatchObject({
      ok: false,
    });
    expect(await next({ captcha: await identity().captcha() })).toMatchObject({ ok: true });
    if (callerId === undefined) throw new Error('The user is not logged in.');
    expect(await next({ callerId })).toEqual({ ok: true, data: { email: emailOf(name) } });
  });

  it('says that the mail could not be sent, and lets the user try again at once', async () => {
    const name = freshName();
    await identity().registerAs(name);
    identity().clock.advance(MINUTE);
    identity().inbox.refusing = true;
    expect(await identity().applyCode(name)).toEqual({ ok: false, code: 'MAIL_NOT_SENT' });
    identity().inbox.refusing = false;
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
  });

  it('does not know strangers', async () => {
    expect(await identity().applyCode(freshName())).toEqual({ ok: false, code: 'USER_NOT_FOUND' });
  });
});
