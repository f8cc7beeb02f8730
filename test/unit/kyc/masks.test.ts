import { describe, expect, it } from '@jest/globals';
import { maskIdentityNumber, maskMobile, maskName } from '../../../shared/kyc/masks.ts';

describe('masks', () => {
  it.each([
    ['林書得', '林*得'],
    ['林得', '林*'],
    ['歐陽書得', '歐*得'],
    ['林', '*'],
    ['', '*'],
    [' 林書得 ', '林*得'],
    ['𠮷田𠮷', '𠮷*𠮷'],
    ['Robert W. Davison', 'R*n'],
  ])('show of the name %j no more than %j', (name, mask) => {
    expect(maskName(name)).toBe(mask);
  });

  it('show the ends of an identity number', () => {
    expect(maskIdentityNumber('A123456789')).toBe('A12****89');
    expect(maskIdentityNumber('AC01234567')).toBe('AC0****67');
  });

  it.each([
    ['+886912345678', '0912***678'],
    ['+6591234567', '+659***567'],
  ])('show the ends of the mobile number %s', (number, mask) => {
    expect(maskMobile(number)).toBe(mask);
  });
});
