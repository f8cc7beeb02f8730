import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { captchaImage } from '../../../shared/contracts/endpoints/auth/captcha-image.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { useIdentity } from '../../support/identity.ts';
import { testFoundation } from '../../support/test-platform.ts';

/** Headers by which proxies tell of the address before them. */
const forwardedFor = (address: string) => ({
  'x-forwarded-for': address,
  'x-real-ip': address,
  forwarded: `for=${address}`,
  'true-client-ip': address,
});

describe('the limit of an address', () => {
  const identity = useIdentity();

  /** A route with how often it did what costs. */
  const route = () => {
    const done = { times: 0 };
    const foundation = testFoundation(captchaImage, identity().resources);
    const handler = assemble(captchaImage, foundation, () => async ({ admitted }) => {
      await admitted;
      done.times += 1;
      return { ok: true, data: captchaImage.example.data };
    });
    const from = (sourceIp: string, headers = {}) => handler(apiEvent({ sourceIp, headers }), lambdaContext());
    return { done, from };
  };
  const counted = (responses: readonly APIGatewayProxyResult[]) => {
    const passed = responses.filter(({ statusCode }) => statusCode === 200).length;
    return { passed, refused: responses.filter(({ statusCode }) => statusCode === 429).length };
  };

  it('counts costly public routes by address and minute', async () => {
    const { from } = route();
    identity().clock.advance(60_000 - (identity().clock.now() % 60_000));
    const responses = await Promise.all(Array.from({ length: 8 }, () => from('203.0.113.1')));
    expect(counted(responses)).toEqual({ passed: 5, refused: 3 });
    expect((await from('203.0.113.2')).statusCode).toBe(200);
    identity().clock.advance(59_500);
    expect((await from('203.0.113.1')).headers).toMatchObject({ 'retry-after': '1' });
    identity().clock.advance(500);
    expect((await from('203.0.113.1')).statusCode).toBe(200);
  });

  it('counts the address that the gateway saw, whatever a client says of others', async () => {
    const { done, from } = route();
    const forged = Array.from({ length: 8 }, (_, at) => from('203.0.113.3', forwardedFor(`198.51.100.${at}`)));
    expect(counted(await Promise.all(forged))).toEqual({ passed: 5, refused: 3 });
    expect(done.times).toBe(5);
    expect((await from('203.0.113.4', forwardedFor('203.0.113.3'))).statusCode).toBe(200);
  });

  it('answers 503 where nothing can be counted, before anything that costs', async () => {
    const { done, from } = route();
    const logged = identity().resources.lines.length;
    const { middlewareStack } = identity().engine.client;
    middlewareStack.add(
      () => () => Promise.reject(Object.assign(new Error('down'), { name: 'ResourceNotFoundException' })),
      { step: 'initialize', name: 'countersFail' },
    );
    const response = await from('203.0.113.5');
    middlewareStack.remove('countersFail');
    expect([response.statusCode, done.times]).toEqual([503, 0]);
    expect(identity().resources.lines.slice(logged).join()).toContain('COUNTER_FAILED');
    expect([(await from('203.0.113.5')).statusCode, done.times]).toEqual([200, 1]);
  });
});
