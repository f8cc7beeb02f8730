import { describe, expect, it } from '@jest/globals';
import { ExactNumber } from '../../../shared/contracts/exact-number.ts';

describe('ExactNumber', () => {
  it.each(['0', '-1.50', '65219.1557985', '12345678901234567890.123456789012345678'])(
    'writes %s digit by digit',
    (text) => {
      expect(JSON.stringify({ price: new ExactNumber(text) })).toBe(`{"price":${text}}`);
    },
  );

  it.each(['', '1e5', '+1', '01', '.5', '5.', 'NaN', '1 ', '"1"', '1,2'])('refuses %p', (text) => {
    expect(() => new ExactNumber(text)).toThrow(RangeError);
  });
});
