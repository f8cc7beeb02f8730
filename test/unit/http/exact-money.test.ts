import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { moneyField } from '../../../shared/contracts/money.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { storelessFoundation } from '../../support/storeless.ts';

const paying = defineEndpoint({
  id: 'test.pay',
  chapter: '8.1',
  method: 'POST',
  path: '/v1/test',
  summary: 'Pay',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  body: z.object({ amount: moneyField, from: z.array(z.object({ amount: moneyField })), twoFAcode: z.number() }),
  data: z.string(),
  codes: [],
  successMessage: null,
  uses: {},
  example: { body: { amount: 1, from: [], twoFAcode: 1 }, data: '' },
});

const answer = z.object({ code: z.int(), msg: z.nullable(z.string()), data: z.nullable(z.string()) });

const pay = async (body: string) => {
  const handler = assemble(paying, storelessFoundation(paying.id), () => ({ body: { amount, from, twoFAcode } }) => ({
    ok: true,
    data: `${[amount, ...from.map((one) => one.amount)].join(' ')} ${typeof twoFAcode}`,
  }));
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' };
  const response = await handler(apiEvent({ method: 'POST', headers, body }), lambdaContext());
  return { status: response.statusCode, ...answer.parse(JSON.parse(response.body)) };
};

describe('money in a request', () => {
  it('reaches the handler as it was written, number or string, wherever it stands', async () => {
    const body = '{"amount":12345678901234567890.1234567890,"from":[{"amount":"1E2"},{"amount":1e-7}],"twoFAcode":1}';
    expect(await pay(body)).toMatchObject({
      status: 200,
      data: '12345678901234567890.123456789 100 0.0000001 number',
    });
  });

  it.each(['0', '-1', '-0', '"0.00"', '"1,5"', '"Infinity"', '1e999999999', '1e400', '[1]', 'true', '""', 'null'])(
    '%s is refused, the field named',
    async (amount) => {
      const from = `[{"amount":1},{"amount":${amount}}]`;
      expect(await pay(`{"amount":1,"from":${from},"twoFAcode":1}`)).toMatchObject({
        status: 400,
        code: -2,
        msg: expect.stringContaining('from.1.amount'),
      });
    },
  );
});
