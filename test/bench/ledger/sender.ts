import { applyAuthenticator } from '../../../shared/contracts/endpoints/account/apply-authenticator.ts';
import { bindAuthenticator } from '../../../shared/contracts/endpoints/account/bind-authenticator.ts';
import { applyForFactor, bindFactor } from '../../../shared/identity/factor/binding.ts';
import { findCaller, newSession } from '../../../shared/identity/session-store.ts';
import { issueToken, parseToken } from '../../../shared/identity/token.ts';
import type { User } from '../../../shared/identity/user.ts';
import { newUser, userKey } from '../../../shared/identity/user-store.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { randomId, systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { codeAt, STEP } from '../../support/authenticator.ts';
import { testTable } from '../../support/engine.ts';
import { createMoves } from '../../support/ledger-run/moves.ts';
import { testFoundation, type TestResources } from '../../support/test-platform.ts';

/** Far more than a bench sends. */
const FUNDS = 10n ** 12n;

const SETTING = { origin: { ip: '192.0.2.1', userAgent: 'bench', area: '-' }, locale: 'en' } as const;

/** Somebody at level 2 with money, a session and a bound second factor. */
export const newSender = async (resources: TestResources) => {
  const { client, clock } = resources;
  const users = createTable(client, testTable('users'));
  const commit = createCommit(client, systemRandom);
  const userId = randomId(systemRandom);
  const token = issueToken(userId, systemRandom);
  const claim = parseToken(token);
  if (!claim) throw new Error('The token that was made is none.');
  const now = clock.now();
  const user: User = {
    userId,
    username: `u${userId.slice(0, 12)}`,
    email: `${userId.slice(0, 12)}@example.com`,
    passwordHash: '',
    userStatus: 1,
    kycLevel: 2,
    is2FA: false,
    sessionEpoch: 0,
    createdAt: now,
  };
  const session = { ...claim, createdAt: now, lastSeenAt: now, pending: false, epoch: 0, ip: '', userAgent: '' };
  await commit(newUser(users, { ...user, expiresAt: Number.MAX_SAFE_INTEGER }));
  await commit([newSession(users, session), users.update(userKey(userId), { update: 'REMOVE expiresAt' })]);
  await createMoves(client, clock).deposit(userId, FUNDS);

  const applied = await applyForFactor(testFoundation(applyAuthenticator, resources).platform, { user, session });
  if (!applied.ok) throw new Error(`The application was answered ${applied.code}.`);
  const { totpKey } = applied.data;
  const caller = await findCaller(users, claim, now, true);
  if (!caller) throw new Error('The session that was made is none.');
  const body = { totpKey, totpCode: codeAt(totpKey, now) };
  const bound = await bindFactor(testFoundation(bindAuthenticator, resources).platform, caller, body, SETTING);
  if (!bound.ok) throw new Error(`The binding was answered ${bound.code}.`);
  clock.advance(2 * STEP);
  const { username, email } = user;
  return { username, email, token, code: () => codeAt(totpKey, clock.now()) };
};

export type Sender = Awaited<ReturnType<typeof newSender>>;
