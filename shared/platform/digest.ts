import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 as lower-case hex: how tokens and codes are stored. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Compares two strings without telling by time where they differ. Different lengths are told apart at once. */
export const equalInConstantTime = (left: string, right: string): boolean => {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
};
