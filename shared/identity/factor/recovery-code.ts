import { sha256 } from '../../platform/digest.ts';
import type { Random } from '../../platform/random.ts';

/** How many codes a set has. */
export const RECOVERY_CODES = 10;

/** Base32 without padding (RFC 4648): no 0, 1 or 8 to be taken for letters. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * 24 characters carry 120 bits: above the 112 from which OWASP ASVS 5.0 (6.5.2) takes a plain hash for stored codes.
 */
const GROUPS = 6;
const GROUP_LENGTH = 4;

/** A code as a person keeps it: six groups of four, joined by dashes. */
export const newRecoveryCode = (random: Random): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(random.int(ALPHABET.length))).join(''),
  ).join('-');

/** What is stored of a code: a hash that binds it to its owner. Dashes, spaces and case do not matter. */
export const recoveryCodeHash = (userId: string, code: string): string =>
  sha256(`recovery:${userId}:${code.replaceAll(/[\s-]/g, '').toUpperCase()}`);
