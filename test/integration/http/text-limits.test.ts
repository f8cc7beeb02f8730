import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../../infra/bundles.ts';
import { prepareAssembly } from '../../../infra/local/prepare/prepare.ts';
import type { TextLimits } from '../../../shared/contracts/settings/text-limits.ts';
import { assemblySetting } from '../../support/assembly-copy.ts';
import { journeyOn, somebody } from '../../support/journey.ts';
import { freshPhone } from '../../support/kyc.ts';
import { envelopeOf, startTestStack, type TestStack } from '../../support/local-stack.ts';

const LIMITS: TextLimits = { perNumber: 1, perAddress: 3, inTotal: 4 };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('text messages over HTTP, where few may be sent', () => {
  let stack: TestStack;
  let assembly: string;

  beforeAll(async () => {
    const changed = { construct: 'ApplyVerificationCode', variable: 'TEXT_LIMITS', value: JSON.stringify(LIMITS) };
    assembly = assemblySetting(await prepareAssembly({ root: ROOT, stage: 'test' }), changed);
    stack = await startTestStack({ assembly });
  }, 120_000);

  afterAll(async () => {
    await stack.stop();
    rmSync(assembly, { recursive: true });
  });

  it('one too many is 429 in the caller’s language with Retry-After, and reaches nobody', async () => {
    const moveClock = (offsetMs: number) => stack.call('POST', '/_local/clock', { body: { offsetMs } });
    // The first second of a day of Taipei: the pause between two texts to a number must not run into the next day.
    const dawn = DAY - ((Date.now() + 8 * 60 * MINUTE) % DAY);
    await moveClock(dawn);
    const person = somebody();
    const token = await journeyOn(stack).loggedIn(person);
    const ask = (mobilePhone: string, lang: string) =>
      stack.call('POST', '/v1/apply_verification_code', {
        headers: { token },
        body: { loginName: person.username, mobilePhone, lang },
      });
    const number = freshPhone();
    expect((await ask(number, 'en')).status).toBe(200);
    await moveClock(dawn + 2 * MINUTE);

    const again = await ask(number, 'en');
    expect([again.status, envelopeOf(again).code, envelopeOf(again).data]).toEqual([429, -429, null]);
    const wait = Number(again.headers['retry-after']);
    expect(wait).toBeGreaterThan(23 * 60 * 60);
    expect(wait).toBeLessThanOrEqual(24 * 60 * 60);
    expect(envelopeOf(again).msg).toBe(
      `No more than ${LIMITS.perNumber} text messages a day go to one number. Try again in ${wait} s.`,
    );
    expect(envelopeOf(await ask(number, 'zh-CN')).msg).toContain('同一手机号码一天最多发送 1 条短信');

    for (let sent = 1; sent < LIMITS.perAddress; sent += 1) expect((await ask(freshPhone(), 'en')).status).toBe(200);
    const elsewhere = await ask(freshPhone(), 'zh-TW');
    expect([elsewhere.status, envelopeOf(elsewhere).msg]).toEqual([
      429,
      expect.stringContaining('您的網路位址今天要求的簡訊已達 3 則'),
    ]);
    expect((await stack.outbox()).sms).toHaveLength(LIMITS.perAddress);
  });
});
