import { describe, expect, it } from '@jest/globals';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { isAlive, isDueToSlide, type Session } from '../../../shared/identity/session.ts';
import { issueToken, parseToken, tokenHash } from '../../../shared/identity/token.ts';
import { liveUser, type User } from '../../../shared/identity/user.ts';
import { systemRandom } from '../../../shared/platform/random.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const session = (fields: Partial<Session> = {}): Session => ({
  sessionId: 's',
  userId: 'u',
  createdAt: 0,
  lastSeenAt: 0,
  pending: false,
  epoch: 0,
  ip: '192.0.2.1',
  userAgent: '',
  ...fields,
});

const user = (fields: Partial<User> = {}): User => ({
  userId: 'u',
  username: 'ann',
  email: 'ann@example.com',
  passwordHash: 'x',
  userStatus: UserStatus.NORMAL,
  kycLevel: 0,
  is2FA: false,
  sessionEpoch: 0,
  createdAt: 0,
  ...fields,
});

describe('isAlive', () => {
  it('ends one hour after the last use, to the millisecond', () => {
    expect(isAlive(session(), user(), HOUR - 1)).toBe(true);
    expect(isAlive(session(), user(), HOUR)).toBe(false);
  });

  it('ends 24 hours after login however busy', () => {
    expect(isAlive(session({ lastSeenAt: 24 * HOUR - 1 }), user(), 24 * HOUR - 1)).toBe(true);
    expect(isAlive(session({ lastSeenAt: 24 * HOUR - 1 }), user(), 24 * HOUR)).toBe(false);
  });

  it('owes a second factor for ten minutes at most', () => {
    expect(isAlive(session({ pending: true }), user(), 10 * MINUTE - 1)).toBe(true);
    expect(isAlive(session({ pending: true, lastSeenAt: 9 * MINUTE }), user(), 10 * MINUTE)).toBe(false);
  });

  it('ends with the epoch and with the status', () => {
    expect(isAlive(session(), user({ sessionEpoch: 1 }), 1)).toBe(false);
    const alive = Object.values(UserStatus).filter((userStatus) => isAlive(session(), user({ userStatus }), 1));
    expect(alive).toEqual([UserStatus.NORMAL, UserStatus.NOT_ACTIVATED, UserStatus.NOT_TRADABLE]);
  });
});

describe('isDueToSlide', () => {
  it('writes at most once a minute, and never for a pending session', () => {
    expect(isDueToSlide(session(), MINUTE - 1)).toBe(false);
    expect(isDueToSlide(session(), MINUTE)).toBe(true);
    expect(isDueToSlide(session({ pending: true }), MINUTE)).toBe(false);
  });
});

describe('token', () => {
  it('carries the user id and 128 fresh bits, and is stored as a hash', () => {
    const userId = 'a'.repeat(32);
    const tokens = new Set(Array.from({ length: 100 }, () => issueToken(userId, systemRandom)));
    expect(tokens.size).toBe(100);
    for (const token of tokens) {
      expect(token).toMatch(/^USER_TOKEN_LOGIN_a{32}_[0-9a-f]{32}$/);
      expect(parseToken(token)).toEqual({ userId, sessionId: tokenHash(token) });
      expect(tokenHash(token)).not.toContain(token.slice(-32));
    }
  });

  it.each([
    '',
    'x',
    `USER_TOKEN_LOGIN_${'a'.repeat(32)}`,
    `USER_TOKEN_LOGIN_${'A'.repeat(32)}_${'b'.repeat(32)}`,
    `USER_TOKEN_LOGIN_${'a'.repeat(32)}_${'b'.repeat(33)}`,
    ` USER_TOKEN_LOGIN_${'a'.repeat(32)}_${'b'.repeat(32)}\n`,
  ])('is not read from %p', (token) => {
    expect(parseToken(token)).toBeUndefined();
  });
});

describe('liveUser', () => {
  it('does not know a registration whose time is over, though the table may still hold it', () => {
    expect(liveUser(user({ expiresAt: 100 }), 99)?.username).toBe('ann');
    expect(liveUser(user({ expiresAt: 100 }), 100)).toBeUndefined();
    expect(liveUser(undefined, 0)).toBeUndefined();
  });
});
