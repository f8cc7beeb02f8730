import { describe, expect, it } from '@jest/globals';
import { decode } from 'jpeg-js';
import { captchaImage } from '../../../shared/contracts/endpoints/auth/captcha-image.ts';
import { LOCALES } from '../../../shared/contracts/locale.ts';
import { digestOf } from '../../../infra/local/demo/password-digest.ts';
import { somebody } from '../../support/journey.ts';
import { useJourney } from '../../support/use-journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';

describe('from a captcha to a logged-in user', () => {
  const live = useJourney();

  it('gives a picture that is a JPEG, and an id of 63 bits', async () => {
    const { data } = envelopeOf(await live.stack.call('GET', '/v1/captcha/image'));
    const { img, captchaId } = captchaImage.data.parse(data);
    expect(BigInt(captchaId) < 2n ** 63n).toBe(true);
    expect(decode(Buffer.from(img, 'base64'), { useTArray: true }).width).toBe(200);
  });

  it('walks the whole way', async () => {
    const person = somebody();
    expect(envelopeOf(await live.journey.register(person))).toMatchObject({ code: 1, msg: 'Success', data: null });
    const before = await live.journey.login(person);
    expect(envelopeOf(before)).toMatchObject({ code: 1, msg: null, data: { userStatus: 4, isKyc: false } });
    expect(envelopeOf(await live.journey.verify(person))).toMatchObject({ code: 1 });
    const login = await live.journey.login(person);
    const token = String(login.headers['token']);
    expect(token).toMatch(/^USER_TOKEN_LOGIN_[0-9a-f]{32}_[0-9a-f]{32}$/);
    expect(login.headers['set-cookie']).toEqual([`token=${token}; HttpOnly; SameSite=Lax; Path=/`]);
    const user = await live.stack.call('GET', '/v1/user', { headers: { token } });
    expect(envelopeOf(user)).toMatchObject({
      code: 1,
      msg: 'Success',
      data: { username: person.username, email: person.email, userStatus: 1, kycLevel: 0, allowTransfer: false },
    });
    const byCookie = { headers: { cookie: `token=${token}` } };
    expect(envelopeOf(await live.stack.call('GET', '/bitgin/v1/login_status', byCookie)).data).toEqual({
      isLogin: true,
    });
    const logout = await live.stack.call('POST', '/v1/logout', { headers: { token } });
    expect(envelopeOf(logout)).toMatchObject({ code: 1, msg: 'Logout' });
    expect(logout.headers['set-cookie']).toEqual(['token=; Max-Age=0; HttpOnly; SameSite=Lax; Path=/']);
    expect((await live.stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(401);
  });

  it.each(LOCALES)('mails as text and HTML in %s', async (lang) => {
    const person = somebody();
    await live.journey.register(person, { lang });
    const mail = await live.journey.mailTo(person.email);
    const code = await live.journey.mailedCode(person.email);
    expect(code).toMatch(/^\d{6}$/);
    expect(mail.html).toContain(code);
    expect(mail.html).toContain(`lang="${lang}"`);
  });

  it('answers failures with status, code, and a sentence in the caller’s language', async () => {
    const person = somebody();
    await live.journey.register(person);
    const taken = await live.journey.register({ ...person, email: somebody().email });
    expect(taken.status).toBe(400);
    expect(envelopeOf(taken)).toMatchObject({ code: 10086, msg: 'This username is already in use.', success: false });
    const wrong = await live.journey.login(
      { ...person, password: digestOf('no') },
      { headers: { 'accept-language': 'zh-CN' } },
    );
    expect(envelopeOf(wrong)).toMatchObject({ code: 10006, data: { wrongTime: 1 } });
    const raw = await live.journey.login({ ...person, password: 'correct horse' });
    expect(envelopeOf(raw)).toMatchObject({ code: -2, msg: expect.stringContaining('password') });
    const empty = await live.journey.post('/v1/login', { loginName: '', password: person.password });
    expect(envelopeOf(empty)).toMatchObject({ code: 10003, data: { wrongTime: 1 } });
    const nameless = await live.journey.post('/v1/verify', { code: '123456' });
    expect(envelopeOf(nameless)).toMatchObject({ code: -2, msg: '[empty loginName]' });
  });

  it('refuses what another site may have forged, and lets the same through with a header token', async () => {
    const token = await live.journey.loggedIn();
    const cross = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
    const forged = await live.stack.call('POST', '/v1/logout', { headers: { ...cross, cookie: `token=${token}` } });
    expect([forged.status, envelopeOf(forged).code]).toEqual([403, -403]);
    expect((await live.stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(200);
    expect((await live.stack.call('POST', '/v1/logout', { headers: { ...cross, token } })).status).toBe(200);
  });

  it('lets configured origins read answers and preflights, and no others', async () => {
    const ours = await live.stack.call('OPTIONS', '/v1/login', { headers: { origin: 'http://localhost:5173' } });
    expect([ours.status, ours.headers['access-control-allow-origin']]).toEqual([204, 'http://localhost:5173']);
    const foreign = await live.stack.call('GET', '/v1/time', { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
    expect(foreign.headers['cache-control']).toBe('no-store');
  });

  it('tells clock and health, and the API description bare and cacheable', async () => {
    expect(Math.abs(Number(envelopeOf(await live.stack.call('GET', '/v1/time')).data) - Date.now())).toBeLessThan(5000);
    expect(envelopeOf(await live.stack.call('GET', '/v1/health')).data).toEqual({ status: 'ok' });
    const description = await live.stack.call('GET', '/v1/openapi.json');
    expect(description.body).toMatchObject({ openapi: '3.1.0' });
    expect(description.headers['cache-control']).toBe('public, max-age=300');
  });

  it('logs one line a request, and no password, token, code, address or captcha', async () => {
    const person = somebody();
    const token = await live.journey.loggedIn(person);
    const code = await live.journey.mailedCode(person.email);
    const { captchaNumber } = await live.journey.captcha();
    const logs = live.stack.logs().join('\n');
    expect(logs).toContain('"endpoint":"auth.login"');
    for (const secret of [person.password, person.email, person.username, token, `"${code}"`, `"${captchaNumber}"`]) {
      expect(logs).not.toContain(secret);
    }
  });
});
