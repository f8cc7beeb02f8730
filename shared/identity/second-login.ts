import type { BodyOf, DataOf } from '../contracts/endpoint.ts';
import type { check2fa } from '../contracts/endpoints/account/check-2fa.ts';
import { OperationCode } from '../contracts/enums.ts';
import type { EndpointPlatform } from '../platform/platform.ts';
import { logged, type Setting } from './acting.ts';
import { isKnownBrowser, newBrowser } from './browsers.ts';
import { spend } from './factor/factor-store.ts';
import { recoveryNotice } from './factor/recovery.ts';
import { type FactorRefusal, proveFactor, refusalOfFactor } from './factor/second-factor.ts';
import { createRequestQuota } from './request-quota.ts';
import { type Caller, newSession, revokeSession } from './session-store.ts';
import { issueToken, tokenHash } from './token.ts';

type Endpoint = typeof check2fa;
type LoggedIn = { readonly ok: true; readonly data: DataOf<Endpoint>; readonly token: string };
type Refused = { readonly ok: false; readonly code: Endpoint['codes'][number] };

/** The reference's answer, in which only the token says anything. */
const dataOf = (token: string): DataOf<Endpoint> => ({
  accountTokenInfo: null,
  bandGoogle: false,
  errorcode: null,
  fiat: false,
  isFiat: false,
  key: null,
  msg: null,
  secretKey: null,
  token,
  tokenUuid: token.slice(token.lastIndexOf('_') + 1),
  userinfo: null,
  value: null,
});

/** This endpoint's name for a wrong code (API chapter 1). */
const answered = (code: FactorRefusal): Refused => ({
  ok: false,
  code: code === 'TWO_FACTOR_WRONG' ? 'SECOND_FACTOR_WRONG' : code,
});

/** Completes logins with the second factor: the pending session is replaced by a full one (API 4.11). */
export const createSecondLogin = (platform: EndpointPlatform<Endpoint['uses']>) => {
  const { tables, clock, random, commit } = platform;
  const quota = createRequestQuota(tables.ephemeral, platform);

  const fail = async (caller: Caller, code: FactorRefusal, setting: Setting): Promise<Refused> => {
    if (code !== 'TWO_FACTOR_NOT_BOUND') {
      await commit([logged(platform, caller.user, OperationCode.LOGIN_FAILED, setting)]);
    }
    return answered(code);
  };

  return async (caller: Caller, { totpCode }: BodyOf<Endpoint>, setting: Setting): Promise<LoggedIn | Refused> => {
    const { user, session, factor } = caller;
    if (!session.pending) return { ok: false, code: user.is2FA ? 'ILLEGAL_STATE' : 'TWO_FACTOR_NOT_BOUND' };
    const { userAgent } = setting.origin;
    const [proof, known] = await Promise.all([
      proveFactor(platform, { userId: user.userId, factor }, totpCode),
      isKnownBrowser(tables.users, user.userId, userAgent),
    ]);
    if (!proof.right) return fail(caller, proof.code, setting);
    const now = clock.now();
    const token = issueToken(user.userId, random);
    const claim = { userId: user.userId, sessionId: tokenHash(token) };
    const full = { ...session, ...claim, ip: setting.origin.ip, userAgent, pending: false };
    const [result] = await Promise.all([
      commit([
        spend(tables.users, proof.spending),
        revokeSession(tables.users, session),
        newSession(tables.users, { ...full, createdAt: now, lastSeenAt: now }),
        logged(platform, user, OperationCode.LOGIN, setting),
        ...(known ? [] : newBrowser(platform, user, setting)),
        ...recoveryNotice(platform, caller, proof.spending, setting),
      ]),
      quota.admit(claim),
    ]);
    if (result.committed) return { ok: true, data: dataOf(token), token };
    const refusal = refusalOfFactor(result, now);
    return refusal ? fail(caller, refusal, setting) : { ok: false, code: 'TOKEN_EXPIRED' };
  };
};
