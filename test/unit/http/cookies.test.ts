import { describe, expect, it } from '@jest/globals';
import { clearTokenCookie, setTokenCookie, tokenCookie } from '../../../shared/http/cookies.ts';

describe('token cookie', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['token=abc', 'abc'],
    ['a=1; token=abc; b=2', 'abc'],
    ['xtoken=1; token=abc', 'abc'],
    ['token=first; token=second', 'first'],
    ['mytoken=abc', undefined],
  ])('reads %p as %p', (header, expected) => {
    expect(tokenCookie(header)).toBe(expected);
  });

  it('is set and cleared with the same attributes, Secure but on localhost', () => {
    expect(setTokenCookie('T', true)).toBe('token=T; HttpOnly; Secure; SameSite=Lax; Path=/');
    expect(setTokenCookie('T', false)).toBe('token=T; HttpOnly; SameSite=Lax; Path=/');
    expect(clearTokenCookie(true)).toBe('token=; Max-Age=0; HttpOnly; Secure; SameSite=Lax; Path=/');
  });
});
