import type { BodyOf, DataOf } from '../../contracts/endpoint.ts';
import type { applyAuthenticator } from '../../contracts/endpoints/account/apply-authenticator.ts';
import type { bindAuthenticator } from '../../contracts/endpoints/account/bind-authenticator.ts';
import type { unbindAuthenticator } from '../../contracts/endpoints/account/unbind-authenticator.ts';
import { OperationCode } from '../../contracts/enums.ts';
import { equalInConstantTime } from '../../platform/digest.ts';
import type { Platform } from '../../platform/platform.ts';
import { logged, notified, type Setting } from '../acting.ts';
import { type Caller, keepSession } from '../session-store.ts';
import { changeCredentials, HOLD, markFactorBound } from '../user-store.ts';
import { isLocked, pendingKeyOf } from './factor.ts';
import { bindKey, putPendingKey, spendAndUnbind, totpPlace } from './factor-store.ts';
import { recoveryNotice } from './recovery.ts';
import { countWrongCode, type FactorRefusal, proveFactor, refusalOfFactor, totpSpendingWith } from './second-factor.ts';
import { newTotpKey, totpUri } from './totp.ts';

type Done<D> = { readonly ok: true; readonly data: D };
type Refused<C> = { readonly ok: false; readonly code: C };

/** Makes a key that waits 10 minutes to be bound, in place of one that waits already (API 4.7). */
export const applyForFactor = async (
  { tables, secrets, random, commit, clock }: Platform<(typeof applyAuthenticator)['uses']>,
  { user }: Caller,
): Promise<Done<DataOf<typeof applyAuthenticator>> | Refused<'ILLEGAL_STATE'>> => {
  if (user.is2FA) return { ok: false, code: 'ILLEGAL_STATE' };
  const totpKey = newTotpKey(random);
  const ciphertext = await secrets.totp.encrypt(totpKey, totpPlace(user.userId));
  const { committed } = await commit([putPendingKey(tables.users, user.userId, ciphertext, clock.now())]);
  if (!committed) return { ok: false, code: 'ILLEGAL_STATE' };
  return { ok: true, data: { qecode: totpUri(totpKey, user.username), code: 1, totpKey } };
};

type BindRefusal = FactorRefusal | 'ILLEGAL_STATE';

/** Binds the key that waits, proven by a code of it (API 4.8). Recovery codes are asked for afterwards. */
export const bindFactor = async (
  platform: Platform<(typeof bindAuthenticator)['uses']>,
  { user, factor }: Caller,
  { totpCode, totpKey }: BodyOf<typeof bindAuthenticator>,
  setting: Setting,
): Promise<Done<'绑定成功'> | Refused<BindRefusal>> => {
  const { tables, secrets, commit, clock } = platform;
  const { userId } = user;
  if (user.is2FA) return { ok: false, code: 'ILLEGAL_STATE' };
  const key = pendingKeyOf(factor, clock.now());
  if (!factor || key === undefined) return { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
  if (isLocked(factor, clock.now())) return { ok: false, code: 'TWO_FACTOR_LOCKED' };
  const plain = (await secrets.totp.decrypt(key, totpPlace(userId))).toString();
  if (!equalInConstantTime(plain, totpKey)) return { ok: false, code: 'ILLEGAL_STATE' };
  const spending = totpSpendingWith(plain, { userId, key }, totpCode, clock.now());
  if (!spending) return { ok: false, code: await countWrongCode(platform, userId, factor) };
  const result = await commit([
    bindKey(tables.users, spending),
    markFactorBound(tables.users, userId),
    logged(platform, user, OperationCode.BIND_GOOGLE, setting),
    notified(platform, user, setting, { kind: 'factor-bound', facts: { at: spending.now } }),
  ]);
  return result.committed ? { ok: true, data: '绑定成功' } : { ok: false, code: 'ILLEGAL_STATE' };
};

/** Unbinds the factor, proven by a code of it or a recovery code (API 4.9): other sessions and all API
 * keys end, the hold starts. */
export const unbindFactor = async (
  platform: Platform<(typeof unbindAuthenticator)['uses']>,
  { user, session, factor }: Caller,
  { totpCode }: BodyOf<typeof unbindAuthenticator>,
  setting: Setting,
): Promise<Done<'解绑成功'> | Refused<FactorRefusal | 'UPDATE_FAILED'>> => {
  const { tables, commit, clock } = platform;
  const proof = await proveFactor(platform, { userId: user.userId, factor }, totpCode);
  if (!proof.right) return { ok: false, code: proof.code };
  const now = clock.now();
  const result = await commit([
    spendAndUnbind(tables.users, proof.spending),
    changeCredentials(tables.users, user, { is2FA: false, endsKeys: true }, now),
    keepSession(tables.users, session, user.sessionEpoch + 1),
    logged(platform, user, OperationCode.CHANGE_GOOGLE, setting),
    notified(platform, user, setting, { kind: 'factor-unbound', facts: { at: now, holdUntil: now + HOLD } }),
    // They go with the factor.
    ...recoveryNotice(platform, { user, factor }, proof.spending, setting, 0),
  ]);
  if (result.committed) return { ok: true, data: '解绑成功' };
  return { ok: false, code: refusalOfFactor(result, now) ?? 'UPDATE_FAILED' };
};
