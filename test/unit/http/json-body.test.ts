import { describe, expect, it } from '@jest/globals';
import { parseJsonBody } from '../../../shared/http/json-body.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';

const MONEY = ['amount', 'toAmount'];

const parse = (body: string, options: { exact?: readonly string[]; base64?: boolean } = {}): unknown => {
  const { exact = MONEY, base64 = false } = options;
  const event = {
    ...apiEvent({ method: 'POST', headers: { 'content-type': 'application/json' } }),
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  };
  const request = { event, context: lambdaContext(), response: undefined, error: null, internal: {} };
  void parseJsonBody(exact).before?.(request);
  return event.body;
};

/** The same body on each way through: the quick one, and the two that look at every key. */
const WAYS = [
  ['as it is', (text: string) => parse(text)],
  ['with an escape', (text: string) => parse(text.replace('{', '{"\\u0078":0,'))],
  ['in base64', (text: string) => parse(text, { base64: true })],
] as const;

describe.each(WAYS)('a body with money, %s', (_, read) => {
  it.each([
    ['0.1', '0.1'],
    ['1.50', '1.50'],
    ['1E2', '1E2'],
    ['-0', '-0'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['1e999999999', '1e999999999'],
    ['"1.50"', '1.50'],
    ['null', null],
    ['true', true],
  ])('keeps %s as it is written', (literal, kept) => {
    expect(read(`{"amount":${literal},"twoFAcode":123456}`)).toMatchObject({ amount: kept, twoFAcode: 123456 });
  });

  it('keeps it in arrays of objects too, and no other number', () => {
    const text = '{"fromWallet":[{"amount":1.10,"n":1.10},{"n":[2.0],"toAmount":2.20}],"amount":[3.30]}';
    expect(read(text)).toMatchObject({
      fromWallet: [
        { amount: '1.10', n: 1.1 },
        { n: [2], toAmount: '2.20' },
      ],
      amount: [3.3],
    });
  });

  it('keeps the last of several fields of one name, as JSON.parse does', () => {
    expect(read('{"amount":1.10,"amount":2.20}')).toMatchObject({ amount: '2.20' });
    expect(read('{"amount":1.10,"amount":{"amount":3.30}}')).toMatchObject({ amount: { amount: '3.30' } });
    expect(read('{"amount":{"x":1},"amount":4.40}')).toMatchObject({ amount: '4.40' });
  });
});

describe('a body', () => {
  it.each([
    ['{"amount":1,"__proto__":{"amount":2}}'],
    ['{"\\u005f_proto__":1}'],
    ['{"amount":{"constructor":{"prototype":1}}}'],
    ['{"amount":01}'],
    ['{"amount":+1}'],
    ['{"amount":Infinity}'],
    ['{"amount":1,5}'],
    ['{"amount":０.５}'],
    [''],
  ])('%s is refused with money and without', (text) => {
    expect(() => parse(text)).toThrow(/JSON/);
    expect(() => parse(text, { exact: [] })).toThrow(/JSON/);
  });

  it('without money is what JSON.parse makes of it', () => {
    expect(parse('{"amount":1.50,"n":1e400}', { exact: [] })).toEqual({ amount: 1.5, n: Infinity });
  });
});
