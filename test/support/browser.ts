import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Debian's package `chromium`; another Chromium can be named instead. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why no browser can be started here; undefined when one can. */
export const browserMissing = (): string | undefined =>
  existsSync(CHROMIUM)
    ? undefined
    : `There is no Chromium at ${CHROMIUM}. Install it (apt-get install chromium) or name another one: CHROMIUM=/path/to/it`;

export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** What a page did that it should not have. */
export interface Misdeeds {
  /** Errors in the console, also those that nothing caught. */
  readonly errors: readonly string[];
  /** Addresses on other hosts that it asked for. */
  readonly elsewhere: readonly string[];
}

/** Watches a page from now on. */
export const watchPage = (page: Page, origin: string): Misdeeds => {
  const errors: string[] = [];
  const elsewhere: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  page.context().on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin) elsewhere.push(request.url());
  });
  return { errors, elsewhere };
};

/** The operation of Swagger UI's page with that method and path. */
export const operationOn = (page: Page, method: string, path: string): Locator =>
  page
    .locator('.opblock', { has: page.locator(`[data-path="${path}"]`) })
    .filter({ has: page.locator('.opblock-summary-method', { hasText: new RegExp(`^${method}$`) }) });
