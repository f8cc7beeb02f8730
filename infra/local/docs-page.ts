import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The API's description as a page on which every endpoint can be tried. */
export interface DocsPage {
  /** Whether a request target is for this page and not for the gateway. */
  readonly owns: (target: string) => boolean;
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

interface Asset {
  readonly type: string;
  readonly read: () => Promise<string | Buffer>;
}

const PREFIX = /^\/docs(?=[/?]|$)/;

/** Swagger UI's settings. No `validatorUrl`: it would send the address of the description to a public service. */
const SETTINGS = {
  url: '/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  withCredentials: true,
} as const;

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>BITGIN user API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <p class="hint">
      On this machine: a captcha's text is at <code>/_local/captcha/{captchaId}</code>, mails and text messages are
      in <a href="/_local/outbox">/_local/outbox</a>. A login here sets the session cookie, which is then sent along;
      to be somebody else, give a token to Authorize &rarr; tokenHeader.
    </p>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/page.js"></script>
  </body>
</html>
`;

const CSS = `body { margin: 0; background: #fafafa; }
.hint { max-width: 1420px; margin: 16px auto 0; padding: 0 20px; font: 14px/1.5 sans-serif; color: #3b4151; }
`;

const SCRIPT = `SwaggerUIBundle(${JSON.stringify(SETTINGS)});\n`;

/** Lets the page ask this server and no other, whatever a library or a description says. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const ofPage = (type: string, text: string): Asset => ({ type, read: () => Promise.resolve(text) });

const require = createRequire(import.meta.url);

const folder = (): string => dirname(require.resolve('swagger-ui-dist/package.json'));

const ofLibrary = (type: string, name: string): Asset => ({ type, read: () => readFile(join(folder(), name)) });

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['', ofPage('text/html; charset=utf-8', HTML)],
  ['/page.css', ofPage('text/css; charset=utf-8', CSS)],
  ['/page.js', ofPage('text/javascript; charset=utf-8', SCRIPT)],
  ['/swagger-ui.css', ofLibrary('text/css; charset=utf-8', 'swagger-ui.css')],
  ['/swagger-ui-bundle.js', ofLibrary('text/javascript; charset=utf-8', 'swagger-ui-bundle.js')],
  ['/favicon-32x32.png', ofLibrary('image/png', 'favicon-32x32.png')],
]);

/** The part of the target that names an asset; the page itself has none, with or without a slash. */
const nameOf = (target: string): string => (target.replace(PREFIX, '').split('?', 1)[0] ?? '').replace(/^\/$/, '');

/** Serves Swagger UI from the installed package. Exists on this machine only, and asks no other. */
export const createDocsPage = (): DocsPage => ({
  owns: (target) => PREFIX.test(target),
  handle: async (message, response) => {
    message.resume();
    const asset = message.method === 'GET' ? ASSETS.get(nameOf(message.url ?? '')) : undefined;
    if (asset === undefined) {
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ error: `There is no ${message.method} ${message.url}.` }));
      return;
    }
    const body = await asset.read();
    response.writeHead(200, {
      'content-type': asset.type,
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  },
});
