import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { createDemoClient } from '../../local/demo/client.ts';
import { bindFactor, register } from '../../local/demo/open-account.ts';
import { digestOf } from '../../local/demo/password-digest.ts';
import { type Check, expectThat, NotGiven } from '../check.ts';
import { expectCode, expectData } from '../answers.ts';
import type { SmokeUser, World } from '../world.ts';

const NOBODY = 'a user to log in as: --user <name>, with SMOKE_PASSWORD and SMOKE_TOTP_KEY in the environment';

/** The step of TOTP in milliseconds. */
const STEP_MS = 30_000;

const userOf = ({ user }: World): SmokeUser => {
  if (!user) throw new NotGiven(NOBODY);
  return user;
};

const codeAt = (key: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp });

/** This step's code; where a run just before has spent it, the next one's, which is good already. */
const secondFactor = async ({ session, now }: World, key: string): Promise<string> => {
  for (const ahead of [0, STEP_MS]) {
    const result = await session.call('account.check-2fa', { body: { totpCode: codeAt(key, now() + ahead) } });
    if (result.ok) return 'second factor taken';
    if (ahead > 0) expectData(result);
  }
  return '';
};

const expectCookie = ({ lastHeaders, stage }: World): string => {
  const [cookie = 'none'] = lastHeaders().getSetCookie();
  const attributes = cookie.split(';').map((part) => part.trim());
  const wanted = ['HttpOnly', 'SameSite=Lax', 'Path=/', ...(stage.cookieSecure ? ['Secure'] : [])];
  const missing = wanted.filter((attribute) => !attributes.includes(attribute));
  // The attributes only: what comes before them is a session.
  expectThat(missing.length === 0, `a cookie with ${wanted.join(', ')}`, attributes.slice(1).join(', ') || 'none');
  return wanted.join(', ');
};

/** Registers somebody where captchas and mails can be read: on this machine. */
const registered: Check<World> = {
  name: 'registration',
  run: async (world) => {
    if (!world.isLocal) throw new NotGiven('a captcha is for people; registering is tried on this machine only');
    const username = `smoke-${randomBytes(6).toString('hex')}`;
    const password = randomBytes(16).toString('hex');
    const client = createDemoClient(world.baseUrl);
    const token = await register(client, { username, email: `${username}@example.com`, password });
    const totpKey = await bindFactor(client, token);
    world.user ??= { loginName: username, passwordDigest: digestOf(password), totpKey };
    return `${username}: captcha, mailed code, first login, second factor bound`;
  },
};

const login: Check<World> = {
  name: 'login',
  run: async (world) => {
    const { loginName, passwordDigest: password, totpKey } = userOf(world);
    const { is2FA } = expectData(await world.session.call('auth.login', { body: { loginName, password } }));
    const cookie = expectCookie(world);
    expectThat(!is2FA || totpKey !== undefined, 'SMOKE_TOTP_KEY, for a second factor is bound', 'no key');
    if (totpKey === undefined) return `without a second factor; cookie ${cookie}`;
    const pending = expectCode(await world.session.call('account.user'), 'SECOND_FACTOR_REQUIRED');
    return `${pending} before the second factor; ${await secondFactor(world, totpKey)}; cookie ${cookie}`;
  },
};

/** @throws NotGiven where the login before did not come to a session. */
const sessionOf = (world: World): World['session'] => {
  userOf(world);
  if (world.session.token === undefined) throw new NotGiven('the login above to work');
  return world.session;
};

const reads: Check<World> = {
  name: 'account, KYC and money',
  run: async (world) => {
    const session = sessionOf(world);
    const { kycLevel } = expectData(await session.call('account.user'));
    const { level } = expectData(await session.call('kyc.status'));
    expectThat(level === kycLevel, `KYC level ${kycLevel}, as the account has it`, String(level));
    const { balance } = expectData(await session.call('wallet.balance'));
    const { totalRows } = expectData(await session.call('wallet.history-list'));
    const { length } = expectData(await session.call('account.sessions'));
    return `KYC level ${level}, ${balance.length} balances, ${totalRows} rows of history, ${length} sessions`;
  },
};

const mailed: Check<World> = {
  name: 'mail',
  run: async (world) => {
    const session = sessionOf(world);
    if (!world.mail) throw new NotGiven('--mail, which sends one mail to the user');
    const { loginName } = userOf(world);
    const result = await session.call('auth.apply-verification-code', { body: { loginName } });
    if (!result.ok && result.status === 429) {
      throw new NotGiven(`${result.retryAfter ?? 60} s to go by since the last mail to this user`);
    }
    expectData(result);
    return 'SES took a mail to the user';
  },
};

const logout: Check<World> = {
  name: 'logout',
  run: async (world) => {
    const session = sessionOf(world);
    const { token } = session;
    expectData(await session.call('auth.logout'));
    const headers = { token: token ?? '', 'accept-language': 'en' };
    const after = await world.send({ method: 'GET', path: '/v1/user', headers });
    expectThat(after.status === 401, 'HTTP 401 for the token of before', `HTTP ${after.status}`);
    return 'the token of before is 401';
  },
};

/** The way of a person; what lies between is looked at while the session lasts. */
export const personChecks = (between: readonly Check<World>[]): readonly Check<World>[] => [
  registered,
  login,
  reads,
  ...between.map((check) => ({
    ...check,
    run: (world: World) => {
      sessionOf(world);
      return check.run(world);
    },
  })),
  mailed,
  logout,
];
