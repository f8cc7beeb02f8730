import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../../shared/platform/env.ts';

describe('readEnvironment', () => {
  it('reads the named variables and no others', () => {
    const source = { MAIL_FROM: 'a@example.com', USERS_TABLE: 'users', HOME: '/root' };
    expect(readEnvironment(['MAIL_FROM', 'USERS_TABLE'], source)).toEqual({
      MAIL_FROM: 'a@example.com',
      USERS_TABLE: 'users',
    });
  });

  it('names all that are missing or empty at once', () => {
    expect(() =>
      readEnvironment(['MAIL_FROM', 'USERS_TABLE', 'KYC_TABLE'], { USERS_TABLE: '', KYC_TABLE: 'k' }),
    ).toThrow('Missing environment variables: MAIL_FROM, USERS_TABLE.');
  });
});
