import { afterAll, beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { applyVerificationCode } from '../../shared/contracts/endpoints/auth/apply-verification-code.ts';
import { captchaImage } from '../../shared/contracts/endpoints/auth/captcha-image.ts';
import { login } from '../../shared/contracts/endpoints/auth/login.ts';
import { logout } from '../../shared/contracts/endpoints/auth/logout.ts';
import { register } from '../../shared/contracts/endpoints/auth/register.ts';
import { verify } from '../../shared/contracts/endpoints/auth/verify.ts';
import type { Locale } from '../../shared/contracts/locale.ts';
import { newCaptchaId, storeCaptcha } from '../../shared/identity/captcha-store.ts';
import { createLogin } from '../../shared/identity/login.ts';
import type { Origin } from '../../shared/identity/login-log.ts';
import { getCode, smsTarget } from '../../shared/identity/one-time-code.ts';
import { parseMobile } from '../../shared/identity/phone.ts';
import { logOut } from '../../shared/identity/logout.ts';
import { registerUser } from '../../shared/identity/registration.ts';
import { findCaller } from '../../shared/identity/session-store.ts';
import { parseToken } from '../../shared/identity/token.ts';
import { sendVerificationCode } from '../../shared/identity/code-sending.ts';
import { verifyUser } from '../../shared/identity/verification.ts';
import { argon2id, type Argon2Engine } from '../../shared/platform/argon2.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { type Engine, startEngine } from './engine.ts';
import { testOutbox } from './outbox.ts';
import { testClock, testFoundation, testInbox, type TestResources } from './test-platform.ts';

export const PASSWORD = 'a'.repeat(64);
export const WRONG_PASSWORD = 'b'.repeat(64);
/** What a client sends for the password "password1". */
export const COMMON_PASSWORD = '0b14d501a594442a01c6859541bcb3e8164d183d32937b851835442f69d5c94e';

/** A name that no other test uses. */
export const freshName = (): string => `u${randomBytes(6).toString('hex')}`;
export const emailOf = (username: string): string => `${username}@example.com`;

export const origin = (ip = '192.0.2.1'): Origin => ({ ip, userAgent: 'test', area: '-' });

/** The use cases of identity over a real engine, with a clock and an inbox that the test holds. */
const startIdentity = async () => {
  const engine: Engine = await startEngine();
  const resources: TestResources = { client: engine.client, clock: testClock(), inbox: testInbox(), lines: [] };
  const { clock, inbox } = resources;
  const hashes = { count: 0 };
  const countingEngine: Argon2Engine = (input) => {
    hashes.count += 1;
    return argon2id(input);
  };
  const passwords = createPasswordHasher({ randomBytes: systemRandom.bytes, engine: countingEngine });
  const registering = testFoundation(register, resources).platform;
  const loggingIn = testFoundation(login, resources).platform;
  const { commit } = testFoundation(captchaImage, resources).platform;
  const { tables } = testFoundation(applyVerificationCode, resources).platform;
  const logIn = createLogin(loggingIn, passwords);
  const outbox = testOutbox(resources);

  const captcha = async () => {
    const solved = { captchaId: newCaptchaId(systemRandom), captchaNumber: 'ABCD' };
    await storeCaptcha(tables.ephemeral, commit, { captchaId: solved.captchaId, answer: 'ABCD' }, clock.now());
    return solved;
  };

  /** Registers, and has the mail sent unless told not to. */
  const registerAs = async (
    username: string,
    options: { email?: string; password?: string; captcha?: object; locale?: Locale; unsent?: boolean } = {},
  ) => {
    const { email = emailOf(username), password = PASSWORD, locale = 'en' } = options;
    const body = { username, email, password, ...(await captcha()), ...options.captcha };
    const context = { origin: origin(), locale, admitted: Promise.resolve() };
    const result = await registerUser(registering, passwords, body, context);
    if (result.ok && !options.unsent) await outbox.deliverAll();
    return result;
  };

  const attempt = (loginName: string, password = PASSWORD, options: { ip?: string; captcha?: object } = {}) =>
    logIn(
      { loginName, password, ...options.captcha },
      { origin: origin(options.ip), locale: 'en', admitted: Promise.resolve() },
    );

  const verifyAs = (loginName: string, code: string) =>
    verifyUser(testFoundation(verify, resources).platform, { loginName, code }, Promise.resolve());

  const applyCode = (
    loginName: string,
    options: { callerId?: string; captcha?: object; mobilePhone?: string; ip?: string; locale?: Locale } = {},
  ) =>
    sendVerificationCode(
      testFoundation(applyVerificationCode, resources).platform,
      { loginName, mobilePhone: options.mobilePhone, ...options.captcha },
      {
        callerId: options.callerId,
        ip: options.ip ?? origin().ip,
        locale: options.locale ?? 'en',
        admitted: Promise.resolve(),
      },
    );

  /** What is stored of the code that was texted to a number, as people write it here. */
  const storedCode = (mobilePhone: string, userId: string) =>
    getCode(tables.ephemeral, smsTarget(parseMobile(mobilePhone) ?? '', userId));

  const callerOf = (token: string, readsFactor = false) => {
    const table = testFoundation(logout, resources).sessionTable;
    if (!table) throw new Error('The logout endpoint reads sessions.');
    const claim = parseToken(token);
    return claim ? findCaller(table, claim, clock.now(), readsFactor) : Promise.resolve(undefined);
  };

  const logOutWith = async (token: string) => {
    const caller = await callerOf(token);
    if (!caller) throw new Error('The token is not good.');
    return logOut(testFoundation(logout, resources).platform, caller.session, origin());
  };

  return {
    engine,
    resources,
    clock,
    inbox,
    outbox,
    hashes,
    captcha,
    registerAs,
    attempt,
    verifyAs,
    applyCode,
    storedCode,
    callerOf,
    logOutWith,
    stop: engine.stop,
  };
};

export type Identity = Awaited<ReturnType<typeof startIdentity>>;

/** Starts the use cases before the tests of this block and stops them after; gives them to each test. */
export const useIdentity = (): (() => Identity) => {
  let identity: Identity | undefined;
  beforeAll(async () => {
    identity = await startIdentity();
  });
  afterAll(async () => {
    await identity?.stop();
  });
  return () => {
    if (!identity) throw new Error('Identity is there only while tests run.');
    return identity;
  };
};
