import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { httpPriceSource, priceSourceOf, simulatedPriceSource } from '../../../shared/market/price-source.ts';

/** A market on this machine that answers what the test sets. */
let answer: { status: number; body: string } = { status: 200, body: '[]' };
const server = createServer((_, response) => {
  response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere' });
  response.end(answer.body);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The market does not listen.');
  url = `http://127.0.0.1:${address.port}/prices`;
});
afterAll(() => {
  server.close();
});

const read = (body: string, status = 200) => {
  answer = { status, body };
  return httpPriceSource(url)(0);
};

describe('httpPriceSource', () => {
  it('reads numbers and strings exactly, and leaves out what is not known here', async () => {
    const prices = await read(
      '[{"base":"BTC","price":2750000.12345678},{"base":"ETH","price":"95000.10"},{"base":"DOGE","price":3}]',
    );
    expect(prices).toEqual({ BTC: '2750000.12345678', ETH: '95000.1' });
  });

  it('takes digits that no double could carry', async () => {
    expect(await read('[{"base":"BTC","price":123456789012345.12345678}]')).toEqual({
      BTC: '123456789012345.12345678',
    });
  });

  it('leaves out a price that is not above zero, as it is kept', async () => {
    const tiny = '{"base":"USD","price":0.000000004}';
    expect(await read(`[{"base":"BTC","price":"0"},{"base":"ETH","price":"1"},${tiny}]`)).toEqual({ ETH: '1' });
  });

  it.each([
    ['an error', '[]', 500],
    ['a redirect', '', 302],
    ['no JSON', 'hello', 200],
    ['another form', '{"BTC":1}', 200],
    ['an exponent', '[{"base":"BTC","price":1e6}]', 200],
    ['a negative price', '[{"base":"BTC","price":-1}]', 200],
    ['nothing that is known', '[{"base":"DOGE","price":1}]', 200],
    ['too much', `[${' '.repeat(1_000_001)}]`, 200],
  ])('refuses %s', async (_, body, status) => {
    await expect(read(body, status)).rejects.toMatchObject({ name: expect.stringMatching(/Error$/) });
  });
});

describe('the simulated source', () => {
  it('gives every asset a price that moves within two percent', async () => {
    const prices = await Promise.all(Array.from({ length: 100 }, (_, hour) => simulatedPriceSource(hour * 600_000)));
    const usdt = prices.map(({ USDT }) => Number(USDT));
    expect(Math.min(...usdt)).toBeGreaterThan(31.3);
    expect(Math.max(...usdt)).toBeLessThan(32.7);
    expect(new Set(usdt).size).toBeGreaterThan(15);
    expect(priceSourceOf('simulated')).toBe(simulatedPriceSource);
  });
});
