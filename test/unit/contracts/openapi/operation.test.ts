import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../../shared/contracts/endpoint.ts';
import { moneyField } from '../../../../shared/contracts/money.ts';
import { operationOf } from '../../../../shared/contracts/openapi/operation.ts';

const base = { id: 'test.one', chapter: '8.5', path: '/v1/test', summary: 'Test', apiKey: false } as const;

describe('the description of a redirect', () => {
  const redirecting = defineEndpoint({
    ...base,
    method: 'GET',
    auth: 'session',
    rate: 'query',
    changesState: 'by-navigation',
    response: 'redirect',
    alerts: { ILLEGAL_STATE: 'used' },
    query: z.object({ code: z.string() }),
    data: z.object({ balance_audit_id: z.string(), type: z.literal('confirm') }),
    codes: ['ILLEGAL_STATE'],
    successMessage: null,
    uses: {},
    example: { query: { code: 'x' }, data: { balance_audit_id: '7', type: 'confirm' } },
  });

  it('has every code among the alerts of its one answer, and in bodies only what the gateway answers', () => {
    const { responses, description } = operationOf(redirecting);
    expect(responses).toMatchObject({
      302: {
        headers: { Location: { example: 'https://app.bitgin.example/?balance_audit_id=7&type=confirm' } },
        'x-alerts': expect.arrayContaining([
          expect.objectContaining({ alertcode: -19, alerttype: 'used' }),
          expect.objectContaining({ alertcode: 10002, alerttype: 'login' }),
          expect.objectContaining({ alertcode: 10070, alerttype: 'login' }),
          expect.objectContaining({ alertcode: -2, alerttype: 'error' }),
        ]),
      },
    });
    expect(Object.keys(responses ?? {})).toEqual(['302', '408', '429', '500', '503']);
    expect(description).toContain('Answers with HTTP status 302, 408, 429, 500, 503.');
  });
});

describe('the description of what takes an idempotency key', () => {
  const spending = defineEndpoint({
    ...base,
    method: 'POST',
    auth: 'session',
    rate: 'orders',
    idempotent: true,
    body: z.object({ amount: moneyField }),
    data: z.int(),
    codes: [],
    successMessage: null,
    uses: {},
    example: { body: { amount: '1.5' }, data: 1 },
  });

  it('has the key, the sign of a replay, and the refusal of a key used otherwise', () => {
    expect(operationOf(spending)).toMatchObject({
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { maxLength: 255 } }],
      responses: { 200: { headers: { 'Idempotent-Replayed': {} } }, 409: {} },
    });
  });
});
