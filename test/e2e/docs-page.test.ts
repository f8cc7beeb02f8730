import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { browserMissing, type Misdeeds, operationOn, startBrowser, watchPage } from '../support/browser.ts';
import { somebody } from '../support/journey.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';

const envelope = z.looseObject({ code: z.int(), data: z.unknown(), success: z.boolean() });

const missing = browserMissing();
if (missing !== undefined) process.stderr.write(`The test of /docs is skipped. ${missing}\n`);

(missing === undefined ? describe : describe.skip)('the page /docs', () => {
  let stack: TestStack;
  let browser: Browser;
  let page: Page;
  let misdeeds: Misdeeds;
  const person = somebody();

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
    page = await browser.newPage();
    misdeeds = watchPage(page, stack.url);
    await page.goto(`${stack.url}/docs`);
    await page.locator('.opblock').first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  /** Opens an operation, fills in its body, executes it; gives the answer, which the page must show. */
  const tryOut = async (method: string, path: string, body?: object) => {
    const operation = operationOn(page, method, path);
    if ((await operation.locator('.opblock-body').count()) === 0) {
      await operation.locator('.opblock-summary-control').click();
    }
    if (body) await operation.locator('textarea').fill(JSON.stringify(body));
    const [response] = await Promise.all([
      page.waitForResponse((answer) => new URL(answer.url()).pathname === path),
      operation.locator('button.execute').click(),
    ]);
    const answer = envelope.parse(await response.json());
    const shown = operation.locator('.live-responses-table');
    await shown.locator('.response-col_status', { hasText: String(response.status()) }).waitFor();
    expect(await shown.textContent()).toContain(`"success": ${answer.success}`);
    return { answer, request: await response.request().allHeaders() };
  };

  it('shows every endpoint, and examples in the language of the reference', async () => {
    expect(await page.locator('.opblock').count()).toBe(ENDPOINTS.length);
    await operationOn(page, 'POST', '/v1/register').locator('.opblock-summary-control').click();
    const examples = await operationOn(page, 'POST', '/v1/register').locator('.responses-table').first().textContent();
    expect(examples).toContain('圖形驗證碼錯誤');
    expect(examples).toContain('The captcha is missing, wrong, used or expired.');
  });

  it('registers a user and logs it in', async () => {
    const { answer: captcha } = await tryOut('GET', '/v1/captcha/image');
    const { captchaId } = z.object({ captchaId: z.string() }).parse(captcha.data);
    const captchaNumber = await stack.captchaAnswer(captchaId);
    const { answer: registered } = await tryOut('POST', '/v1/register', { ...person, captchaId, captchaNumber });
    expect(registered).toMatchObject({ code: 1 });
    const { username: loginName, password } = person;
    const { answer: loggedIn } = await tryOut('POST', '/v1/login', { loginName, password });
    expect(loggedIn).toMatchObject({ code: 1, data: { username: loginName } });
  });

  it('is that user by the cookie of the login', async () => {
    const { answer, request } = await tryOut('GET', '/v1/user');
    expect(answer).toMatchObject({ code: 1, data: { username: person.username } });
    expect(request).not.toHaveProperty('token');
  });

  it('is that user by the token given to Authorize', async () => {
    const [cookie] = await page.context().cookies();
    await page.context().clearCookies();
    await page.locator('button.authorize').first().click();
    const dialog = page.locator('.modal-ux');
    await dialog.locator('#api_key_value').first().fill(String(cookie?.value));
    await dialog.locator('button[type=submit]').first().click();
    await dialog.locator('button.close-modal').click();
    const { answer, request } = await tryOut('GET', '/v1/user');
    expect(answer).toMatchObject({ code: 1, data: { username: person.username } });
    expect(request['token']).toBe(cookie?.value);
  });

  it('asks no other host and meets no error', () => {
    expect(misdeeds).toEqual({ errors: [], elsewhere: [] });
  });

  it('has nothing else to give', async () => {
    const answers = await Promise.all(
      ['/docs/package.json', '/docs/../package.json', '/docs/x'].map((path) => stack.call('GET', path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await stack.call('POST', '/docs')).status).toBe(404);
    expect((await stack.call('GET', '/docs/')).status).toBe(200);
  });
});
