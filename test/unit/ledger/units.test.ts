import { describe, expect, it } from '@jest/globals';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { assert, bigInt, constantFrom, property } from 'fast-check';
import { ASSETS } from '../../../shared/contracts/assets.ts';
import { ASSET_NAMES } from '../../../shared/ledger/account.ts';
import { exactUnits, formatUnits, MOST_UNITS, parseUnits, units } from '../../../shared/ledger/units.ts';

const anyAsset = constantFrom(...ASSET_NAMES);
const anyAmount = bigInt({ min: -MOST_UNITS, max: MOST_UNITS });

describe('amounts in the smallest unit', () => {
  it.each([
    ['TWD', '1', 100n],
    ['TWD', '1.5', 150n],
    ['TWD', '0.01', 1n],
    ['TWD', '1.500', 150n],
    ['USDT', '0.000001', 1n],
    ['BTC', '21000000.00000001', 2_100_000_000_000_001n],
    ['ETH', '-0.5', -50_000_000n],
    ['USD', '00.10', 10n],
  ] as const)('reads %s %s as %s', (asset, text, expected) => {
    expect(parseUnits(asset, text)).toBe(expected);
  });

  it.each([
    ['TWD', '0.001'],
    ['BTC', '0.000000001'],
    ['TWD', ''],
    ['TWD', '1.'],
    ['TWD', '.5'],
    ['TWD', '1e2'],
    ['TWD', '+1'],
    ['TWD', '1,000'],
    ['TWD', ' 1'],
    ['TWD', '１'],
    ['TWD', 'NaN'],
    ['TWD', '9'.repeat(37)],
  ] as const)('takes %s %j for none', (asset, text) => {
    expect(parseUnits(asset, text)).toBeUndefined();
  });

  it('keeps all 38 digits that the store keeps', () => {
    const most = `${'9'.repeat(30)}.${'9'.repeat(8)}`;
    expect(parseUnits('BTC', most)).toBe(MOST_UNITS);
    expect(formatUnits('BTC', MOST_UNITS)).toBe(most);
    expect(JSON.stringify({ amount: exactUnits('BTC', MOST_UNITS) })).toBe(`{"amount":${most}}`);
  });

  it('writes what it reads, whatever the amount', () => {
    assert(
      property(anyAsset, anyAmount, (asset, amount) => {
        const text = formatUnits(asset, amount);
        expect(parseUnits(asset, text)).toBe(amount);
        expect(text).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect((text.split('.')[1] ?? '').length).toBeLessThanOrEqual(ASSETS[asset].decimals);
      }),
    );
  });

  it('comes back from the store as it went there', () => {
    assert(
      property(anyAmount, (amount) => {
        expect(units.parse(unmarshall(marshall({ amount }))['amount'])).toBe(amount);
      }),
    );
  });

  it('refuses a stored number with decimals, which could have been rounded', () => {
    expect(units.safeParse(0.5).success).toBe(false);
    expect(units.safeParse('1').success).toBe(false);
  });
});
