import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserMissing, startBrowser, watchPage } from '../support/browser.ts';
import { factorJourneyOn } from '../support/factor-journey.ts';
import { digestOf } from '../../infra/local/demo/password-digest.ts';
import { journeyOn, type Person, somebody } from '../support/journey.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';

const LINK = /http:\/\/\S+\/v1\/user\/freeze\?code=[\w-]{43}/;

const missing = browserMissing();
if (missing !== undefined) process.stderr.write(`The test of the freeze page is skipped. ${missing}\n`);

(missing === undefined ? describe : describe.skip)('the "this was not me" link of a mail', () => {
  let stack: TestStack;
  let browser: Browser;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  /** Somebody whose password was changed, with the link that the mail about it brought. */
  const alarmed = async (): Promise<{ person: Person; token: string; link: string }> => {
    const person = somebody();
    const journey = journeyOn(stack);
    const token = await journey.loggedIn(person);
    const { call } = factorJourneyOn(stack);
    const newPassword = digestOf(`${person.username} another secret`);
    const changed = await call('POST', '/v1/user/change_password', token, {
      oldPassword: person.password,
      newPassword,
    });
    expect(envelopeOf(changed)).toMatchObject({ code: 1, data: { code: 1 } });
    const mail = await journey.mailTo(person.email, { about: /password|密碼/i });
    const link = LINK.exec(mail.text ?? '')?.[0] ?? '';
    expect(mail.html).toContain(link.replaceAll('&', '&amp;'));
    return { person: { ...person, password: newPassword }, token, link };
  };

  const isOpen = async (token: string): Promise<boolean> =>
    (await stack.call('GET', '/v1/user', { headers: { token } })).status === 200;

  it('changes nothing when it is only fetched, and locks the account at the press of its button', async () => {
    const { person, token, link } = await alarmed();
    const page = await browser.newPage({ locale: 'en' });
    const misdeeds = watchPage(page, stack.url);
    const response = await page.goto(link);
    expect(response?.headers()).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
    });
    await page.reload();
    expect(await isOpen(token)).toBe(true);
    expect(await page.locator('h1').textContent()).toBe('Was this not you?');
    await page.locator('button').click();
    await page.waitForLoadState();
    expect(await page.locator('h1').textContent()).toBe('Your account is locked');
    expect(await isOpen(token)).toBe(false);
    expect(envelopeOf(await journeyOn(stack).login(person))).toMatchObject({ code: -403 });
    expect(misdeeds).toEqual({ errors: [], elsewhere: [] });
    await page.close();
  });

  it('speaks the reader’s language, and says on a page that a link is good no more', async () => {
    const page = await browser.newPage({ locale: 'zh-TW' });
    await page.goto(`${stack.url}/v1/user/freeze?code=${'A'.repeat(43)}`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW');
    await page.locator('button').click();
    await page.waitForLoadState();
    expect(await page.locator('h1').textContent()).toContain('連結');
    expect(await page.locator('button').count()).toBe(0);
    await page.close();
  });

  it('is no way for other sites to lock accounts without the code', async () => {
    const response = await stack.call('POST', '/v1/user/freeze', { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(response.status).toBe(400);
  });
});
