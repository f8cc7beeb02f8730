import { describe, expect, it } from '@jest/globals';
import { readCredentials } from '../../../../shared/http/api-key/credentials.ts';
import { RefusedError } from '../../../../shared/http/outcome.ts';

const RIGHT = {
  'btse-api': ['NGU0ZTRkNWQ3NzQ3NDM2ZGE3YjYwOTk1OGEzMjI5NTE='],
  'btse-nonce': ['1624984297330'],
  'btse-sign': ['0a'.repeat(48)],
} as const;

type Headers = Readonly<Record<string, readonly string[]>>;

const read = (headers: Headers, more: object = {}) => {
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, [...values]]));
  return readCredentials({ path: '/v1/user', body: null, isBase64Encoded: false, multiValueHeaders, ...more });
};

const refusalOf = (headers: Headers) => {
  try {
    read(headers);
    return undefined;
  } catch (error) {
    return error instanceof RefusedError ? error.outcome : error;
  }
};

const without = (name: string): Headers => Object.fromEntries(Object.entries(RIGHT).filter(([one]) => one !== name));

describe('the headers of a signed request', () => {
  it('are read whatever the case of their names', () => {
    const odd = Object.fromEntries(Object.entries(RIGHT).map(([name, values]) => [name.toUpperCase(), values]));
    expect(read(odd)).toEqual(read(RIGHT));
    expect(read(RIGHT)).toEqual({
      apiKey: RIGHT['btse-api'][0],
      signature: RIGHT['btse-sign'][0],
      signed: { path: '/v1/user', nonce: '1624984297330', body: '' },
    });
  });

  it.each(Object.keys(RIGHT))('are refused without %s', (header) => {
    const refusal = { code: 'SIGNATURE_HEADER_MISSING', params: { header } };
    expect(refusalOf(without(header))).toMatchObject(refusal);
    expect(refusalOf({ ...without(header), [header]: [] })).toMatchObject(refusal);
  });

  it.each(Object.entries(RIGHT))(
    'are refused with %s twice, the same or not, under one spelling or two',
    (header, values) => {
      const refusal = { code: 'SIGNATURE_HEADER_REPEATED', params: { header } };
      expect(refusalOf({ ...RIGHT, [header]: [...values, ...values] })).toMatchObject(refusal);
      expect(refusalOf({ ...RIGHT, [header]: [...values, 'other'] })).toMatchObject(refusal);
      expect(refusalOf({ ...RIGHT, [header.toUpperCase()]: values })).toMatchObject(refusal);
    },
  );

  const key = RIGHT['btse-api'][0];
  const sign = RIGHT['btse-sign'][0];
  it.each([
    ['btse-api', ['', ' ', key.slice(1), `${key}=`, key.replace('=', 'A'), `${key.slice(0, 42)}-=`, 'A'.repeat(9000)]],
    ['btse-api', [`${key}, ${key}`, `${key}\n`, 'é'.repeat(44), '\u0000'.repeat(44)]],
    ['btse-nonce', ['', '0', '-1624984297330', '+624984297330', '1624984297.33', '1.624984297e12', '0x17a5b0f5b72']],
    [
      'btse-nonce',
      ['162498429733', '16249842973300', '0624984297330', ' 1624984297330', 'NaN', 'Infinity', '1'.repeat(9000)],
    ],
    ['btse-nonce', ['1624984297330n', '１６２４９８４２９７３３０', '1624984297330, 1624984297330']],
    ['btse-sign', ['', sign.slice(1), `${sign}a`, sign.toUpperCase(), sign.replace('0', 'g'), '0a'.repeat(4800)]],
    [
      'btse-sign',
      [`0x${sign.slice(2)}`, ` ${sign.slice(1)}`, `${sign}\n`, Buffer.from(sign, 'hex').toString('base64')],
    ],
  ])('are refused with a malformed %s', (header, values) => {
    for (const value of values) {
      const refusal = refusalOf({ ...RIGHT, [header]: [value] });
      expect(refusal).toMatchObject({
        code: 'SIGNATURE_HEADER_MALFORMED',
        params: { header, length: String(value.length) },
      });
    }
  });
});

describe('a refusal', () => {
  it('does not repeat what came', () => {
    const refusals = Object.keys(RIGHT).map((header) => refusalOf({ ...RIGHT, [header]: ['a canary of some length'] }));
    expect(JSON.stringify(refusals)).toContain('SIGNATURE_HEADER_MALFORMED');
    expect(JSON.stringify(refusals)).not.toContain('canary');
  });
});

describe('what is signed', () => {
  it('is the path as the gateway was sent it', () => {
    const paths = ['/v1/user', '/bitgin/v1/user', '/v1/user/', '/v1/us%65r', '/v1//user'];
    expect(paths.map((path) => read(RIGHT, { path }).signed.path)).toEqual(paths);
  });

  it('is the body as it came: text, bytes in base64, or nothing', () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const coded = { body: bytes.toString('base64'), isBase64Encoded: true };
    expect(read(RIGHT, { body: ' {"a" : 1}\r\n' }).signed.body).toBe(' {"a" : 1}\r\n');
    expect(read(RIGHT, coded).signed.body).toEqual(bytes);
    expect(read(RIGHT, { body: null }).signed.body).toBe('');
  });
});
