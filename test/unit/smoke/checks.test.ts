import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, outcomeOf } from '../../../infra/smoke/check.ts';
import { answeringChecks } from '../../../infra/smoke/checks/answering.ts';
import { edgeChecks } from '../../../infra/smoke/checks/edge.ts';
import { passwordChecks } from '../../../infra/smoke/checks/passwords.ts';
import { tlsChecks } from '../../../infra/smoke/checks/tls.ts';
import { type World, worldOf } from '../../../infra/smoke/world.ts';
import { STAGES } from '../../../infra/stages.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';

const running: Server[] = [];

afterEach(() => {
  for (const server of running.splice(0)) {
    server.close();
    // What clients keep open would keep the server, and so the tests, from ending.
    if (server instanceof HttpServer) server.closeAllConnections();
  }
});

const portOf = async (server: Server): Promise<number> => {
  running.push(server);
  server.listen(0, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once('listening', resolve);
  await promise;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const worldAt = (baseUrl: string): World => worldOf({ baseUrl, stage: STAGES.local, mail: false, timeoutMs: 5_000 });

const apiThat = async (listener: RequestListener): Promise<World> =>
  worldAt(`http://127.0.0.1:${await portOf(createServer(listener))}`);

const named = (checks: readonly Check<World>[], name: string): Check<World> => {
  const found = checks.find((check) => check.name === name);
  if (!found) throw new Error(`There is no check "${name}".`);
  return found;
};

const ORIGIN = STAGES.local.allowedOrigins[0] ?? '';

const REFUSAL_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
};

const envelope = (code: number): string =>
  JSON.stringify({ code, msg: 'No.', time: 1_795_402_039_881, data: null, success: code === 1 });

describe('a smoke check', () => {
  it('takes a refusal of a large body that came before all of it was read', async () => {
    const world = await apiThat((request, response) => {
      response.writeHead(413, { ...REFUSAL_HEADERS, connection: 'close' }).end(envelope(-413));
      response.once('finish', () => request.socket.destroySoon());
    });
    const outcome = await outcomeOf(named(edgeChecks, "body above the gateway's limit"), world);
    expect(outcome).toEqual({ kind: 'passed', seen: expect.stringContaining('413 / -413 for 10485761 bytes') });
  });

  it('fails a stage behind TLS that does not keep browsers to it, and passes one that does', async () => {
    const outcomeWith = async (headers: Readonly<Record<string, string>>) => {
      const world = await apiThat((_request, response) => response.writeHead(200, headers).end());
      return outcomeOf(named(edgeChecks, 'browsers kept to TLS'), { ...world, stage: STAGES.prod });
    };
    expect(await outcomeWith({})).toMatchObject({ kind: 'failed', given: 'none' });
    const said = 'max-age=31536000';
    expect(await outcomeWith({ 'strict-transport-security': said })).toEqual({ kind: 'passed', seen: said });
  });

  it('sends what is too large to where WAF lets it through, and finds it out where WAF would block it', async () => {
    const uploads = new Set(ENDPOINTS.flatMap((one): string[] => ('bodyType' in one ? [one.path] : [])));
    const asWaf: RequestListener = (request, response) => {
      const isUpload = uploads.has(request.url ?? '');
      const [status, code] = isUpload ? [413, -413] : [403, -403];
      response.writeHead(status, { ...REFUSAL_HEADERS, connection: 'close' }).end(envelope(code));
    };
    const local = await apiThat(asWaf);
    const deployed = { ...local, stage: { ...STAGES.prod, allowedOrigins: [ORIGIN] } };
    const limits = ["body above WAF's limit", "body above Lambda's limit", "body above the gateway's limit"];
    const outcomes = await Promise.all(limits.map((name) => outcomeOf(named(edgeChecks, name), deployed)));
    expect(outcomes).toEqual([
      { kind: 'passed', seen: expect.stringContaining('403 / -403 for 8193 bytes') },
      { kind: 'passed', seen: expect.stringContaining('413 / -413 for 6291457 bytes') },
      { kind: 'passed', seen: expect.stringContaining('413 / -413 for 10485761 bytes') },
    ]);
    const here = await outcomeOf(named(edgeChecks, "body above WAF's limit"), local);
    expect(here).toEqual({ kind: 'skipped', reason: 'a stage with WAF' });
  });

  it.each([
    ['the page of a proxy', { 'content-type': 'text/html' }, '<h1>Not here</h1>', "without the API's envelope: <h1>"],
    ['another code', REFUSAL_HEADERS, envelope(-500), 'code -500: No.'],
    ['what caches may keep', { ...REFUSAL_HEADERS, 'cache-control': 'public' }, envelope(-404), 'public'],
    ['no CORS', { ...REFUSAL_HEADERS, 'access-control-allow-origin': '*' }, envelope(-404), '*'],
  ])('does not take %s for a 404', async (_what, headers, body, given) => {
    const world = await apiThat((_request, response) => response.writeHead(404, headers).end(body));
    const outcome = await outcomeOf(named(edgeChecks, 'unknown route'), world);
    expect(outcome).toMatchObject({ kind: 'failed', given: expect.stringContaining(given) });
  });

  it('fails where passwords cannot be hashed', async () => {
    const world = await apiThat((_request, response) => response.writeHead(500, REFUSAL_HEADERS).end(envelope(-500)));
    const outcome = await outcomeOf(named(passwordChecks, 'argon2 of the runtime'), world);
    expect(outcome).toEqual({
      kind: 'failed',
      expected: 'HTTP 400, code 10006',
      given: 'HTTP 500, code -500: No.',
    });
  });

  it('fails a clock that is off', async () => {
    const late = JSON.stringify({ code: 1, msg: 'Success', time: 1, data: Date.now() - 60_000, success: true });
    const world = await apiThat((_request, response) => response.writeHead(200, REFUSAL_HEADERS).end(late));
    const outcome = await outcomeOf(named(answeringChecks, 'clock'), world);
    expect(outcome).toMatchObject({ kind: 'failed', expected: expect.stringContaining('15000 ms') });
  });

  describe('of TLS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'smoke-tls-'));

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const certified = (days: number) => {
      const [key, cert] = [join(folder, `${days}.key`), join(folder, `${days}.pem`)];
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', key, '-out', cert];
      execFileSync('openssl', ['req', '-x509', '-nodes', '-days', String(days), ...subject, ...made], {
        stdio: 'pipe',
      });
      return { key: readFileSync(key), cert: readFileSync(cert) };
    };

    const serverWith = async (options: TlsOptions): Promise<string> => {
      const server = createTlsServer(options, (socket) => socket.end());
      server.on('tlsClientError', () => undefined);
      return `https://localhost:${await portOf(server)}`;
    };

    const outcomesAt = async (options: TlsOptions, ca: Buffer, staff?: TlsOptions) => {
      const staffUrl = staff && (await serverWith(staff));
      const world = { ...worldAt(await serverWith(options)), ...(staffUrl !== undefined && { staffUrl }) };
      const outcomes = await Promise.all(tlsChecks({ ca }).map((check) => outcomeOf(check, world)));
      return outcomes.map(({ kind, ...said }) => [kind, ...Object.values(said)].join(' '));
    };

    it('passes a server of today', async () => {
      const { key, cert } = certified(90);
      const [today, old] = await outcomesAt({ key, cert }, cert);
      expect([today, old]).toEqual([expect.stringMatching(/^passed TLSv1\.3/), 'passed TLS 1.1 gets no connection']);
    });

    it('fails one that still speaks TLS 1.1, or whose certificate is about to end', async () => {
      const { key, cert } = certified(5);
      const lax = { key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const [today, old] = await outcomesAt(lax, cert);
      expect(today).toMatch(/^failed a certificate good for 21 days or more [45] days at localhost:\d+$/);
      expect(old).toMatch(/^failed TLS 1\.1 refused TLSv1\.1 at localhost:\d+$/);
    });

    it('looks at the staff API as well', async () => {
      const { key, cert } = certified(90);
      const lax = { key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const [today, old] = await outcomesAt({ key, cert }, cert, lax);
      expect(today).toMatch(/^passed TLSv1\.3.* days; staff: TLSv1\.3/);
      expect(old).toMatch(/^failed TLS 1\.1 refused TLSv1\.1/);
    });

    it('fails one that nobody vouches for', async () => {
      const { key, cert } = certified(90);
      const [today] = await outcomesAt({ key, cert }, certified(91).cert);
      expect(today).toMatch(/^failed .*(self-signed|unable to verify|certificate)/);
    });
  });
});
