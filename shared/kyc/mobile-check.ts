import type { BodyOf } from '../contracts/endpoint.ts';
import type { checkMobile } from '../contracts/endpoints/kyc/check-mobile.ts';
import { parseMobile } from '../identity/phone.ts';
import type { Platform } from '../platform/platform.ts';
import { ownerOf, phoneGuard } from './guards.ts';

/**
 * Tells whether a number is a real mobile number that nobody else has (API 5.2).
 *
 * @param callerId of the session that asks, if any: a user's own number is free for the user.
 * @param admitted rejects when the source address has asked too often.
 */
export const checkMobileNumber = async (
  { tables, fingerprints }: Platform<(typeof checkMobile)['uses']>,
  { mobilePhone }: BodyOf<typeof checkMobile>,
  { callerId, admitted }: { readonly callerId: string | undefined; readonly admitted: Promise<void> },
) => {
  await admitted;
  const phone = parseMobile(mobilePhone);
  if (phone === undefined) return { ok: false, code: 'PHONE_INVALID' } as const;
  const owner = await ownerOf(tables.kyc, phoneGuard(await fingerprints.mobilePhone.of(phone)));
  if (owner !== undefined && owner !== callerId) return { ok: false, code: 'PHONE_TAKEN' } as const;
  return { ok: true, data: null } as const;
};
