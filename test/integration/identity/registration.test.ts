import { describe, expect, it } from '@jest/globals';
import { meetAt } from '../../support/call-log.ts';
import { COMMON_PASSWORD, emailOf, freshName, useIdentity } from '../../support/identity.ts';

const DAY = 86_400_000;

describe('registration', () => {
  const identity = useIdentity();

  it('takes a free name, and mails a code', async () => {
    const name = freshName();
    expect(await identity().registerAs(name)).toEqual({ ok: true, data: null });
    expect(identity().inbox.code(emailOf(name))).toMatch(/^\d{6}$/);
    expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
  });

  it('compares names and addresses without case', async () => {
    const name = freshName();
    await identity().registerAs(name);
    const shouting = await identity().registerAs(name.toUpperCase(), { email: emailOf(freshName()) });
    expect(shouting).toEqual({ ok: false, code: 'USERNAME_TAKEN' });
    expect(await identity().registerAs(freshName(), { email: emailOf(name) })).toEqual({
      ok: false,
      code: 'EMAIL_TAKEN',
    });
  });

  it('lets one of 100 parallel registrations of one name win', async () => {
    const name = freshName();
    const met = meetAt(identity().engine.client, 'TransactWriteItems', 100);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => identity().registerAs(name, { email: `${name}.${index}@example.com` })),
    );
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'USERNAME_TAKEN')).toHaveLength(99);
    expect(await identity().attempt(name)).toMatchObject({ ok: true, data: { username: name } });
  });

  it('accepts a captcha once of 100 parallel uses', async () => {
    const captcha = await identity().captcha();
    const met = meetAt(identity().engine.client, 'DeleteItem', 100);
    const results = await Promise.all(
      Array.from({ length: 100 }, () => identity().registerAs(freshName(), { captcha })),
    );
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'CAPTCHA_WRONG')).toHaveLength(99);
  });

  it.each([
    ['a wrong answer', { captchaNumber: 'WXYZ' }],
    ['an unknown captcha', { captchaId: '1' }],
  ])('refuses %s, and makes no user', async (_, captcha) => {
    const name = freshName();
    expect(await identity().registerAs(name, { captcha })).toEqual({ ok: false, code: 'CAPTCHA_WRONG' });
    expect(await identity().registerAs(name)).toMatchObject({ ok: true });
  });

  it.each([
    ['zh-TW', '此密碼過於常見，容易被猜到，請改用其他密碼'],
    ['zh-CN', '此密码过于常见，容易被猜到，请改用其他密码'],
    ['en', 'this password is among the most common or easiest to guess; choose another'],
  ] as const)('refuses a common password in %s, and leaves name and captcha for another', async (locale, reason) => {
    const name = freshName();
    const captcha = await identity().captcha();
    expect(await identity().registerAs(name, { captcha, locale, password: COMMON_PASSWORD })).toEqual({
      ok: false,
      code: 'INVALID_PARAMETER',
      params: { field: 'password', reason },
    });
    expect(await identity().registerAs(name, { captcha, locale })).toEqual({ ok: true, data: null });
  });

  it('takes the answer in any case, and not after five minutes', async () => {
    expect(await identity().registerAs(freshName(), { captcha: { captchaNumber: 'abcd' } })).toMatchObject({
      ok: true,
    });
    const captcha = await identity().captcha();
    identity().clock.advance(300_000);
    expect(await identity().registerAs(freshName(), { captcha })).toEqual({ ok: false, code: 'CAPTCHA_WRONG' });
  });

  it('forgets a registration that is not verified in seven days, and frees its names', async () => {
    const name = freshName();
    await identity().registerAs(name);
    const code = identity().inbox.code(emailOf(name));
    identity().clock.advance(7 * DAY - 1);
    expect(await identity().registerAs(name)).toMatchObject({ ok: false });
    identity().clock.advance(1);
    expect(await identity().attempt(name)).toMatchObject({ ok: false, code: 'WRONG_CREDENTIALS' });
    expect(await identity().verifyAs(name, code)).toMatchObject({ ok: false });
    expect(await identity().registerAs(name)).toMatchObject({ ok: true });
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
  });

  it('stands when the mail cannot be sent, and lets the user ask again at once', async () => {
    const name = freshName();
    identity().inbox.refusing = true;
    expect(await identity().registerAs(name)).toMatchObject({ ok: true });
    identity().inbox.refusing = false;
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
  });

  it('mails in the language it was asked in', async () => {
    const name = freshName();
    await identity().registerAs(name, { locale: 'zh-CN' });
    expect(identity().inbox.mails.findLast(({ to }) => to === emailOf(name))?.subject).toBe('您的验证码');
  });

  it('logs neither name nor address nor password nor code', () => {
    expect(identity().resources.lines.join('\n')).not.toMatch(/@example\.com|a{64}|argon2/);
  });
});
