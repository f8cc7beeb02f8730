import { createHash } from 'node:crypto';

/** What clients send in place of a password. */
export const digestOf = (password: string): string => createHash('sha256').update(password).digest('hex');
