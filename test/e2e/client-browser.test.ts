import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { STAGES } from '../../infra/stages.ts';
import { browserMissing, startBrowser } from '../support/browser.ts';
import { type InstalledClient, installClient } from '../support/client-build.ts';
import { clientJourneyOn } from '../support/client-journey.ts';
import { useJourney } from '../support/use-journey.ts';

/** A front-end of its own, at an origin that the stage allows; nothing listens there. */
const FRONTEND = 'http://localhost:5173';

const PAGE = `<!doctype html><title>A front-end</title><script type="module">
  import * as bitgin from '/client.js';
  Object.assign(globalThis, { bitgin });
</script>`;

const missing = browserMissing();
if (missing !== undefined) process.stderr.write(`The test of the client in a browser is skipped. ${missing}\n`);

(missing === undefined ? describe : describe.skip)('the built client in a browser', () => {
  const live = useJourney();
  let installed: InstalledClient;
  let browser: Browser;
  let page: Page;
  let steps: ReturnType<typeof clientJourneyOn>;
  let ann: Awaited<ReturnType<typeof steps.member>>;

  beforeAll(async () => {
    steps = clientJourneyOn(live, STAGES.local);
    // One after the other: while the client is built, nothing answers within its time on a busy machine.
    ann = await steps.member();
    [installed, browser] = await Promise.all([installClient(), startBrowser()]);
    const code = readFileSync(join(installed.client, 'index.js'), 'utf8');
    page = await browser.newPage();
    // A page that comes from no server counts as one of the internet, which may not ask this machine unless allowed to.
    await page.context().grantPermissions(['local-network-access'], { origin: FRONTEND });
    await page.route(`${FRONTEND}/**`, (route) =>
      route.request().url().endsWith('/client.js')
        ? route.fulfill({ contentType: 'text/javascript', body: code })
        : route.fulfill({ contentType: 'text/html', body: PAGE }),
    );
    await page.goto(FRONTEND);
    await page.waitForFunction('globalThis.bitgin !== undefined');
  });
  afterAll(async () => {
    await browser.close();
    installed.remove();
    steps.close();
  });

  /** Runs a program in the page; it is given as text, because nothing of this side exists there. */
  const inPage = async (options: object, program: string): Promise<unknown> => {
    const all = JSON.stringify({ baseUrl: live.stack.url, language: 'en', ...options });
    return page.evaluate(`(async () => { const client = bitgin.createClient(${all}); ${program} })()`);
  };

  it('logs in with a token that it can read across origins, and reads money to the last digit', async () => {
    const login = JSON.stringify({ loginName: ann.username, password: ann.password });
    const seen = await inPage(
      {},
      `const login = await client.call('auth.login', { body: ${login} });
       const check = await client.call('account.check-2fa', { body: { totpCode: '${ann.code()}' } });
       const { data } = await client.call('wallet.balance', { query: { currency: 'USDT' } });
       return { codes: [login.code, check.code], token: client.token, usdt: data.balance.find((one) => one.currency === 'USDT') };`,
    );
    expect(seen).toMatchObject({
      codes: [1, 1],
      token: expect.stringMatching(/^USER_TOKEN_LOGIN_/),
      usdt: { available: '100', frozen: '0' },
    });
  });

  it('is refused as a result, with its reason', async () => {
    const refused = await inPage({ token: ann.token.replace(/.$/, 'z') }, `return client.call('account.user');`);
    expect(refused).toMatchObject({ ok: false, status: 401, code: 10002, data: null });
  });

  it('sends a form with a file', async () => {
    const program = `const file = new File(['not a picture'], 'id.jpg', { type: 'image/jpeg' });
      return client.call('kyc.image', { body: { file, type: '1' } });`;
    expect(await inPage({ token: ann.token }, program)).toMatchObject({ ok: false, code: -2, msg: 'Invalid file.' });
  });

  it('signs with WebCrypto what the API takes', async () => {
    await steps.advance(60_000);
    const { apiKey, secret } = await steps.keyOf(steps.session(ann.token), ann.code(), ['read']);
    await live.stack.call('POST', '/_local/clock', { body: { offsetMs: 0 } });
    const program = `const results = await Promise.all([1, 2, 3].map(() => client.call('account.user')));
      const value = await client.call('capital.wallet-operation', {
        body: { operation: 'GET_BALANCE_IN_QUOTE', toAsset: 'USDT', lang: 'zh-TW' },
      });
      return { names: results.map(({ data }) => data.username), value: [value.code, value.data] };`;
    expect(await inPage({ apiKey, secret }, program)).toEqual({
      names: [ann.username, ann.username, ann.username],
      value: [1, '100'],
    });
  });

  it('says so where nothing answers', async () => {
    const program = `return client.call('service.time').catch((error) => ({ ...error, text: String(error) }));`;
    expect(await inPage({ baseUrl: 'http://127.0.0.1:9' }, program)).toMatchObject({
      name: 'TransportError',
      text: expect.stringContaining('GET http://127.0.0.1:9/v1/time was not answered'),
    });
  });
});
