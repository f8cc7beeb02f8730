import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STAGES } from '../../../infra/stages.ts';
import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { MAINTENANCE_RETRY_SECONDS } from '../../../shared/contracts/maintenance.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import {
  type ApiResponse,
  envelopeOf,
  serverTiming,
  startTestStack,
  type TestStack,
} from '../../support/local-stack.ts';
import { staffKycReviews } from '../../../shared/contracts/staff/kyc-reviews.ts';
import { inParallel } from '../../support/registry/in-parallel.ts';
import { pathOf, queryOf } from '../../support/registry/over-http.ts';

const all: readonly EndpointSpec[] = ENDPOINTS;
const HEALTH = '/v1/health';
const [ORIGIN = ''] = STAGES.test.allowedOrigins;
const STAFF = { 'x-local-principal': 'operator' };

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ stage: 'test' });
});
afterAll(() => stack.stop());

const setMaintenance = async (value: 'on' | 'off'): Promise<void> => {
  const { status } = await stack.call('POST', '/_local/stage-variables', { body: { maintenance: value } });
  expect(status).toBe(200);
};

const ask = (endpoint: EndpointSpec, headers: Readonly<Record<string, string>> = {}): Promise<ApiResponse> =>
  stack.call(endpoint.method, `${pathOf(endpoint)}${queryOf(endpoint.example.query)}`, {
    headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'accept-language': 'en', ...headers },
    ...(endpoint.example.body && { body: endpoint.example.body }),
  });

/** What is wrong with an answer that should say that the API is in maintenance. */
const problemsOf = (response: ApiResponse): readonly string[] => {
  const { headers } = response;
  const facts: readonly (readonly [what: string, given: unknown, wanted: unknown])[] = [
    ['status', response.status, 503],
    ['body', response.body, { ...envelopeOf(response), code: -503, msg: CODES.MAINTENANCE.text.en, data: null }],
    ['retry-after', headers['retry-after'], String(MAINTENANCE_RETRY_SECONDS)],
    ['allowed origin', headers['access-control-allow-origin'], ORIGIN],
    ['calls of AWS', serverTiming(response).count, 0],
  ];
  return facts.flatMap(([what, given, wanted]) =>
    JSON.stringify(given) === JSON.stringify(wanted) ? [] : [`${what} is ${JSON.stringify(given)}`],
  );
};

describe('in maintenance', () => {
  beforeAll(() => setMaintenance('on'));

  it('every public endpoint but health and redirects says so in an envelope, before it calls anything', async () => {
    const resting = all.filter(({ inMaintenance, response }) => !inMaintenance && response !== 'redirect');
    expect(resting.length).toBeGreaterThan(ENDPOINTS.length - 5);
    const problems = await inParallel(resting, 2, async (endpoint) =>
      problemsOf(await ask(endpoint)).map((problem) => `${endpoint.id}: ${problem}`),
    );
    expect(problems.flat()).toEqual([]);
  });

  it('health is well', async () => {
    const response = await stack.call('GET', HEALTH);
    expect(response.status).toBe(200);
    expect(envelopeOf(response)).toMatchObject({ success: true, data: { status: 'ok' } });
  });

  it('says so in the caller’s language, under the prefix too', async () => {
    const texts = CODES.MAINTENANCE.text;
    for (const locale of ['zh-TW', 'zh-CN', 'en'] as const) {
      const response = await stack.call('GET', '/bitgin/v1/time', { headers: { 'accept-language': locale } });
      expect(envelopeOf(response)).toMatchObject({ code: -503, msg: texts[locale] });
    }
  });

  it('what is no route answers alike, and a browser may ask first', async () => {
    const unknown = await stack.call('GET', '/v1/nowhere', { headers: { origin: ORIGIN, 'accept-language': 'en' } });
    expect(problemsOf(unknown)).toEqual([]);
    const wrongMethod = await stack.call('DELETE', '/v1/time', {
      headers: { origin: ORIGIN, 'accept-language': 'en' },
    });
    expect(problemsOf(wrongMethod)).toEqual([]);
    const preflight = await stack.call('OPTIONS', '/v1/login', { headers: { origin: ORIGIN } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('POST');
  });

  it('links of mails lead a browser to the front-end with the code, or show a page that says so', async () => {
    const redirects = all.filter(({ response }) => response === 'redirect');
    expect(redirects).toHaveLength(1);
    for (const endpoint of redirects) {
      const { status, headers } = await ask(endpoint);
      expect(status).toBe(302);
      expect(headers.location).toBe(`${STAGES.test.frontendUrl}?alertcode=-503&alerttype=error`);
    }
    const pages = all.filter(({ response }) => response === 'page');
    expect(pages.length).toBeGreaterThan(0);
    for (const endpoint of pages) {
      const response = await ask(endpoint, { accept: 'text/html' });
      expect(response.status).toBe(503);
      expect(response.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'retry-after': String(MAINTENANCE_RETRY_SECONDS),
      });
      expect(response.bytes.toString()).toContain(CODES.MAINTENANCE.text.en);
    }
  });

  it('staff work on, and jobs run', async () => {
    const reviews = await stack.callStaff('GET', `/admin/v1/kyc/reviews${queryOf(staffKycReviews.example.query)}`, {
      headers: STAFF,
    });
    expect([reviews.status, envelopeOf(reviews).success]).toEqual([200, true]);
    const job = await stack.call('POST', '/_local/jobs/jobs-price-feed');
    expect(job.status).toBe(200);
  });
});

describe('after maintenance', () => {
  beforeAll(() => setMaintenance('off'));

  it('everything answers as before', async () => {
    const response = await stack.call('GET', '/v1/time');
    expect(response.status).toBe(200);
    expect(envelopeOf(await stack.call('GET', '/v1/nowhere'))).toMatchObject({ code: -404 });
  });
});

describe('the lever', () => {
  it('refuses a variable that the stage does not have, and a value that API Gateway would', async () => {
    const unknown = await stack.call('POST', '/_local/stage-variables', { body: { maintenence: 'on' } });
    expect(unknown.status).toBe(404);
    expect(unknown.body).toEqual({ error: 'The stage has no variable maintenence. It has: maintenance.' });
    const refused = await stack.call('POST', '/_local/stage-variables', { body: { maintenance: 'o n' } });
    expect(refused.status).toBe(400);
    const { body } = await stack.call('GET', '/_local/stage-variables');
    expect(body).toEqual({ stageVariables: { maintenance: 'off' } });
  });
});
