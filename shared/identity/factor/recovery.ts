import type { DataOf } from '../../contracts/endpoint.ts';
import type { recoveryCodes } from '../../contracts/endpoints/account/recovery-codes.ts';
import type { Core, Platform, TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import { notified, type Setting } from '../acting.ts';
import { isReauthenticated } from '../session.ts';
import type { Caller } from '../session-store.ts';
import { replaceRecoveryCodes, type Spending } from './factor-store.ts';
import { newRecoveryCode, RECOVERY_CODES, recoveryCodeHash } from './recovery-code.ts';

/**
 * The mail that tells the user of a spent recovery code, and how many are left, for the transaction that spends it; none
 * for other codes.
 */
export const recoveryNotice = (
  platform: Pick<Core, 'clock' | 'random' | 'requestId'> & { readonly tables: { readonly outbox: TableWith<'put'> } },
  { user, factor }: Pick<Caller, 'user' | 'factor'>,
  spending: Spending,
  setting: Setting,
  left = Math.max(0, (factor?.recoveryCodes?.size ?? 0) - 1),
): readonly Write[] => {
  if (spending.kind !== 'recovery') return [];
  return [notified(platform, user, setting, { kind: 'recovery-code-used', facts: { at: spending.now, left } })];
};

type Made = { readonly ok: true; readonly data: DataOf<typeof recoveryCodes> };
type NotMade = { readonly ok: false; readonly code: 'TWO_FACTOR_NOT_BOUND' | 'REAUTHENTICATION_REQUIRED' };

/** Makes a new set of ten codes, which replaces the old one; they are shown this once (API 10.3). */
export const makeRecoveryCodes = async (
  { tables, random, commit, clock }: Platform<(typeof recoveryCodes)['uses']>,
  { user, session, factor }: Caller,
): Promise<Made | NotMade> => {
  const { userId } = user;
  if (factor?.key === undefined) return { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
  if (!isReauthenticated(session, clock.now())) return { ok: false, code: 'REAUTHENTICATION_REQUIRED' };
  const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(random));
  const hashes = new Set(codes.map((code) => recoveryCodeHash(userId, code)));
  const { committed } = await commit([replaceRecoveryCodes(tables.users, userId, hashes)]);
  return committed ? { ok: true, data: { codes } } : { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
};
