import { describe, expect, it } from '@jest/globals';
import { clientOf } from '../../../shared/identity/user-agent.ts';

describe('clientOf', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.114 Safari/537.36',
      { browser: 'Chrome 91.0.4472.114', os: 'Windows 10' },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
      { browser: 'Safari 17.4', os: 'iOS 17.4' },
    ],
    ['', { browser: '-', os: '-' }],
    ['x', { browser: '-', os: '-' }],
  ])('reads %p', (userAgent, expected) => {
    expect(clientOf(userAgent)).toEqual(expected);
  });

  it.each(['('.repeat(500), '\u0000', 'Mozilla/5.0 '.repeat(40)])('does not fall over %p', (userAgent) => {
    expect(typeof clientOf(userAgent).browser).toBe('string');
  });
});
