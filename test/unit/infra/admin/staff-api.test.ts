import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signing, staffApiOf } from '../../../../infra/admin/staff-api.ts';
import type { StaffRequest } from '../../../../infra/admin/staff-client.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI', sessionToken: 'token' };
const CLOUD = 'https://abc123.execute-api.ap-northeast-1.amazonaws.com/api';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature as the documentation of AWS puts it together (Signature Version 4), from what is sent. */
const signatureOf = (request: StaffRequest, sent: Readonly<Record<string, string>>): string => {
  const all: Readonly<Record<string, string>> = { ...sent, host: request.url.host };
  const names = /SignedHeaders=([^,]+)/.exec(sent['authorization'] ?? '')?.[1] ?? '';
  const path = request.url.pathname.split('/').map(encodeURIComponent).join('/');
  const headers = names.split(';').map((name) => `${name}:${all[name]}\n`);
  const query = request.url.search.slice(1);
  const canonical = [request.method, path, query, headers.join(''), names, sha256(request.body ?? '')].join('\n');
  const at = sent['x-amz-date'] ?? '';
  const scope = `${at.slice(0, 8)}/ap-northeast-1/execute-api/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${CREDENTIALS.secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
};

describe('a request to the cloud', () => {
  it.each([
    ['GET', '/admin/v1/users/ann%40example.com', undefined],
    ['GET', '/admin/v1/audit?date=2026-01-01&limit=20', undefined],
    ['PUT', '/admin/v1/banks', '{"name":"臺灣銀行"}'],
  ] as const)('%s %s is signed as AWS asks for', async (method, path, body) => {
    const request = { method, url: new URL(`${CLOUD}${path}`), headers: { 'accept-language': 'en' }, body };
    const sent = await signing('ap-northeast-1', CREDENTIALS)(request);
    expect(sent['authorization']).toContain(`Signature=${signatureOf(request, sent)}`);
    expect(sent).toMatchObject({ 'accept-language': 'en', 'x-amz-security-token': 'token' });
    expect(sent).not.toHaveProperty('host');
    expect(sent).not.toHaveProperty('x-local-principal');
  });
});

describe('the address of the staff API', () => {
  const local = { method: 'GET', url: new URL('http://127.0.0.1:3001/'), headers: {}, body: undefined };

  it('is this machine’s, called as whom the system knows', async () => {
    const { url, authorize } = staffApiOf({}, 'jo');
    expect(url).toBe('http://127.0.0.1:3001');
    expect(await authorize(local)).toEqual({ 'x-local-principal': 'jo' });
  });

  it('and the caller can be given', async () => {
    const { url, authorize } = staffApiOf({ ADMIN_URL: 'http://localhost:3401/', ADMIN_PRINCIPAL: 'kim' }, 'jo');
    expect(url).toBe('http://localhost:3401');
    expect(await authorize(local)).toEqual({ 'x-local-principal': 'kim' });
    expect(staffApiOf({ ADMIN_PORT: '3402' }, 'jo').url).toBe('http://127.0.0.1:3402');
    expect(staffApiOf({ ADMIN_URL: CLOUD }, '').url).toBe(CLOUD);
    expect(staffApiOf({ ADMIN_URL: 'https://staff.example.com', AWS_REGION: 'x' }, '').url).toBe(
      'https://staff.example.com',
    );
  });

  it.each([
    [{ ADMIN_URL: 'http://staff.example.com' }, 'https:// in the cloud'],
    [{ ADMIN_URL: 'staff' }, 'ADMIN_URL is "staff"'],
    [{ ADMIN_URL: 'https://staff.example.com' }, 'Set AWS_REGION'],
    [{ ADMIN_PRINCIPAL: 'jo lin' }, '"jo lin" is no name'],
  ])('is refused as %j', (environment, message) => {
    expect(() => staffApiOf(environment, 'jo')).toThrow(message);
  });
});
