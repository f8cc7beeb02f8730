import { URI } from 'otpauth';
import { applyAuthenticator } from '../../shared/contracts/endpoints/account/apply-authenticator.ts';
import { bindAuthenticator } from '../../shared/contracts/endpoints/account/bind-authenticator.ts';
import { check2fa } from '../../shared/contracts/endpoints/account/check-2fa.ts';
import { reauthenticate } from '../../shared/contracts/endpoints/account/reauthenticate.ts';
import { recoveryCodes } from '../../shared/contracts/endpoints/account/recovery-codes.ts';
import { unbindAuthenticator } from '../../shared/contracts/endpoints/account/unbind-authenticator.ts';
import { applyForFactor, bindFactor, unbindFactor } from '../../shared/identity/factor/binding.ts';
import { reauthenticateSession } from '../../shared/identity/factor/reauthentication.ts';
import { makeRecoveryCodes } from '../../shared/identity/factor/recovery.ts';
import { createSecondLogin } from '../../shared/identity/second-login.ts';
import { codeAt, STEP, wrongCodeAt } from './authenticator.ts';
import { freshName, type Identity, origin } from './identity.ts';
import { testFoundation } from './test-platform.ts';

const setting = () => ({ origin: origin(), locale: 'en' as const });

/** The use cases of the second factor, for one user after another. */
export const factorUseCases = ({ resources, registerAs, attempt, callerOf, clock }: Identity) => {
  const complete = createSecondLogin(testFoundation(check2fa, resources).platform);

  const caller = async (token: string) => {
    const found = await callerOf(token, true);
    if (!found) throw new Error('The token is not good.');
    return found;
  };

  const logIn = async (name: string): Promise<string> => {
    const result = await attempt(name);
    if (!result.ok) throw new Error(`The login was answered ${result.code}.`);
    return result.token;
  };

  const apply = async (token: string) =>
    applyForFactor(testFoundation(applyAuthenticator, resources).platform, await caller(token));

  const appliedKey = async (token: string): Promise<string> => {
    const applied = await apply(token);
    if (!applied.ok) throw new Error(`The application was answered ${applied.code}.`);
    return URI.parse(applied.data.qecode).secret.base32;
  };

  const bind = async (token: string, totpKey: string, totpCode: string) =>
    bindFactor(
      testFoundation(bindAuthenticator, resources).platform,
      await caller(token),
      { totpKey, totpCode },
      setting(),
    );

  const check = async (token: string, totpCode: string) => complete(await caller(token), { totpCode }, setting());

  const reauthenticateWith = async (token: string, totpCode: string) =>
    reauthenticateSession(
      testFoundation(reauthenticate, resources).platform,
      await caller(token),
      { totpCode },
      setting(),
    );

  const unbind = async (token: string, totpCode: string) =>
    unbindFactor(testFoundation(unbindAuthenticator, resources).platform, await caller(token), { totpCode }, setting());

  const recovery = async (token: string) =>
    makeRecoveryCodes(testFoundation(recoveryCodes, resources).platform, await caller(token));

  /** Somebody with a bound factor and a full session of before; the step of the binding is over. */
  const boundUser = async () => {
    const name = freshName();
    await registerAs(name);
    clock.advance(1);
    const token = await logIn(name);
    clock.advance(1);
    const key = await appliedKey(token);
    const bound = await bind(token, key, codeAt(key, clock.now()));
    if (!bound.ok) throw new Error(`The binding was answered ${bound.code}.`);
    clock.advance(2 * STEP);
    return { name, token, key, code: () => codeAt(key, clock.now()), wrong: () => wrongCodeAt(key, clock.now()) };
  };

  return {
    caller,
    logIn,
    apply,
    appliedKey,
    bind,
    check,
    complete,
    reauthenticate: reauthenticateWith,
    unbind,
    recovery,
    boundUser,
  };
};
