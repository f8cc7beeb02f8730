import * as z from 'zod';
import type { Check } from '../check.ts';
import { expectThat } from '../check.ts';
import { expectCode, expectData } from '../answers.ts';
import type { World } from '../world.ts';

/** Farther apart, signed requests of programs with a right clock begin to be refused (30 s, API chapter 2). */
const CLOCK_LIMIT_MS = 15_000;

const document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.unknown()),
});

/** The first bytes of a JPEG, in base64. */
const JPEG = '/9j/';

/** What anybody can read. */
export const answeringChecks: readonly Check<World>[] = [
  {
    name: 'health',
    run: async ({ stranger }) => `status ${expectData(await stranger.call('service.health')).status}`,
  },
  {
    name: 'clock',
    run: async ({ stranger, now }) => {
      const before = now();
      const server = expectData(await stranger.call('service.time'));
      const apart = Math.abs(server - (before + now()) / 2);
      expectThat(apart < CLOCK_LIMIT_MS, `at most ${CLOCK_LIMIT_MS} ms from this machine's`, `${Math.round(apart)} ms`);
      return `${Math.round(apart)} ms from this machine's`;
    },
  },
  {
    name: 'API description',
    run: async ({ send }) => {
      const { status, headers, text } = await send({ method: 'GET', path: '/v1/openapi.json' });
      expectThat(status === 200, 'HTTP 200', `HTTP ${status}`);
      const { paths } = document.parse(JSON.parse(text));
      const cache = headers['cache-control'] ?? 'none';
      expectThat(cache.includes('max-age'), 'cache-control with max-age', cache);
      return `${Object.keys(paths).length} paths, ${cache}`;
    },
  },
  {
    name: 'the prefix /bitgin',
    run: async ({ send, stage, baseUrl }) => {
      const isMapped = stage.customDomain !== undefined || stage.name === 'local' || stage.name === 'test';
      const path = isMapped ? '/bitgin/v1/health' : '/bitgin/v1/kyc/status';
      const { status } = await send({ method: 'GET', path });
      const expected = isMapped ? 200 : 401;
      expectThat(status === expected, `HTTP ${expected} at ${baseUrl}${path}`, `HTTP ${status}`);
      return `${status} at ${path}`;
    },
  },
  {
    name: 'captcha',
    run: async ({ stranger }) => {
      const { img, captchaId } = expectData(await stranger.call('auth.captcha-image'));
      expectThat(img.startsWith(JPEG), 'a JPEG', `${img.length} characters of something else`);
      const body = { username: 'smoke', email: 'smoke@example.com', password: '0'.repeat(64), captchaId };
      const wrong = await stranger.call('auth.register', { body: { ...body, captchaNumber: '0000' } });
      return `a picture of ${img.length} characters; a wrong answer to it: ${expectCode(wrong, 'CAPTCHA_WRONG')}`;
    },
  },
  {
    name: 'without a session',
    run: async ({ stranger }) => expectCode(await stranger.call('account.user'), 'TOKEN_EXPIRED'),
  },
];
