import { describe, expect, it } from '@jest/globals';
import { sessions } from '../../../shared/contracts/endpoints/account/sessions.ts';
import { factorJourneyOn } from '../../support/factor-journey.ts';
import { servedIntervals, somebody } from '../../support/journey.ts';
import { peakOverlap } from '../../support/call-log.ts';
import { envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const PARALLEL = 100;

describe('the second factor over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let started: ReturnType<typeof factorJourneyOn> | undefined;
  /** One for all tests, since it knows how far the clocks were moved. */
  const factor = () => (started ??= factorJourneyOn(live.stack));

  it('logs in with password and code; the token of before is dead at once', async () => {
    const { bind, call, codeNow } = factor();
    const person = somebody();
    const first = await live.journey.loggedIn(person);
    const key = await bind(first);
    const pending = String((await live.journey.login(person)).headers['token']);
    expect((await call('GET', '/v1/user', pending)).status).toBe(403);
    // A number lacks leading zeros, as JSON has it.
    const checked = await call('POST', '/v1/user/check/2FA', pending, { totpCode: Number(codeNow(key)) });
    expect(envelopeOf(checked)).toMatchObject({ code: 1, msg: null, data: { accountTokenInfo: null } });
    const token = String(checked.headers['token']);
    expect(envelopeOf(checked).data).toMatchObject({ token });
    expect(String(checked.headers['set-cookie'])).toContain(token);
    expect((await call('GET', '/v1/user', token)).status).toBe(200);
    expect((await call('GET', '/v1/login_status', pending)).body).toMatchObject({ data: { isLogin: false } });
    expect((await call('POST', '/v1/logout', pending)).status).toBe(401);
  });

  it('takes at most three sequential calls to check, and two to list sessions', async () => {
    const { bind, call, codeNow } = factor();
    const person = somebody();
    const key = await bind(await live.journey.loggedIn(person));
    const pending = String((await live.journey.login(person)).headers['token']);
    await live.stack.fault({ service: 'dynamodb', mode: 'slow', rate: 1, delayMs: 50 });
    await live.stack.fault({ service: 'kms', mode: 'slow', rate: 1, delayMs: 50 });
    const checked = await call('POST', '/v1/user/check/2FA', pending, { totpCode: codeNow(key) });
    expect(checked.status).toBe(200);
    expect(serverTiming(checked)).toMatchObject({ sequential: 3 });
    expect(serverTiming(checked).calls.join()).toContain('Decrypt');
    const listed = await call('GET', '/v1/user/sessions', String(checked.headers['token']));
    expect(serverTiming(listed).sequential).toBeLessThanOrEqual(2);
    expect(await live.stack.struck('kms')).toBeGreaterThan(0);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    await live.stack.fault({ service: 'kms', mode: 'none' });
  });

  it(`lets one of ${PARALLEL} parallel requests with one right code pass, over several endpoints`, async () => {
    const { bind, call, codeNow } = factor();
    const person = somebody();
    const token = await live.journey.loggedIn(person);
    const key = await bind(token);
    const pending = await Promise.all(
      Array.from({ length: 10 }, async () => String((await live.journey.login(person)).headers['token'])),
    );
    const totpCode = codeNow(key);
    const requests = Array.from({ length: PARALLEL }, (_, index) =>
      index < pending.length
        ? call('POST', '/v1/user/check/2FA', pending[index] ?? '', { totpCode })
        : call('POST', '/v1/user/reauthenticate_with_credential', token, { totpCode }),
    );
    const answers = (await Promise.all(requests)).map((response) => envelopeOf(response).code);
    expect(answers.filter((code) => code === 1)).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set([1, ...answers.filter((code) => code === 10027 || code === 10070)]));
    const intervals = servedIntervals(live.stack.logs(), 'account.reauthenticate');
    expect(peakOverlap(intervals)).toBeGreaterThan(1);
  });

  it('answers 503 while the key service is down, counts nothing, and works again after it', async () => {
    const { bind, call, codeNow } = factor();
    const token = await live.journey.loggedIn();
    const key = await bind(token);
    await live.stack.fault({ service: 'kms', mode: 'fail', rate: 1 });
    const down = await call('POST', '/v1/user/reauthenticate_with_credential', token, { totpCode: codeNow(key) });
    expect([down.status, envelopeOf(down).code]).toEqual([503, -503]);
    expect(await live.stack.struck('kms')).toBeGreaterThan(0);
    await live.stack.fault({ service: 'kms', mode: 'none' });
    const up = await call('POST', '/v1/user/reauthenticate_with_credential', token, { totpCode: codeNow(key) });
    expect(envelopeOf(up)).toMatchObject({ code: 1, data: '认证成功' });
  });

  it('ends a revoked session within one request, also when reads may be stale', async () => {
    const person = somebody();
    const kept = await live.journey.loggedIn(person);
    const ended = String((await live.journey.login(person)).headers['token']);
    const { call } = factor();
    const listed = sessions.data.parse(envelopeOf(await call('GET', '/v1/user/sessions', ended)).data);
    const id = listed.find(({ current }) => current)?.id ?? '';
    await live.stack.fault({ service: 'dynamodb', mode: 'stale', rate: 1 });
    expect((await call('DELETE', `/v1/user/sessions?id=${id}`, kept)).status).toBe(200);
    expect((await call('GET', '/v1/user', ended)).status).toBe(401);
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
  });

  it('never logs codes, keys or tokens', async () => {
    const { bind, call, codeNow } = factor();
    const token = await live.journey.loggedIn();
    const key = await bind(token);
    const totpCode = codeNow(key);
    await call('POST', '/v1/user/reauthenticate_with_credential', token, { totpCode });
    const made = envelopeOf(await call('POST', '/v1/user/recovery_codes', token));
    const codes = JSON.stringify(made.data).match(/[A-Z2-7]{4}(?:-[A-Z2-7]{4}){5}/g) ?? [];
    expect(codes).toHaveLength(10);
    const logs = live.stack.logs().join('\n');
    for (const secret of [token.slice(-32), key, ...codes]) expect(logs).not.toContain(secret);
    expect(logs).not.toMatch(new RegExp(`\\b${totpCode}\\b`));
  });
});
