import { UserStatus } from '../../shared/contracts/enums.ts';
import { keepAnswer } from '../../shared/ledger/idempotency-store.ts';
import { apiKeyUseCases } from './api-keys.ts';
import { codeAt, STEP } from './authenticator.ts';
import { bookingUseCases } from './bookings.ts';
import { emailOf, type Identity, PASSWORD, WRONG_PASSWORD } from './identity.ts';
import { reviewCases } from './kyc-review.ts';
import { staffOn } from './staff.ts';
import { transferUseCases } from './transfers.ts';

/** From where the person came: nowhere else in the tests. */
export const ADDRESS = '203.0.113.77';

/**
 * A customer with everything that a user can have: all levels of KYC with documents and a bank account, a second factor,
 * recovery codes, an API key, sessions, money that came by a bank and went to somebody, a mail that waits; with the
 * account empty and closed in the end.
 */
export const customerOf = async (identity: Identity) => {
  const { resources, clock, attempt } = identity;
  const cases = reviewCases(identity);
  const transfers = transferUseCases(identity);
  const keys = apiKeyUseCases(identity);
  const bookings = bookingUseCases(() => identity);
  const staff = staffOn(resources);
  const partner = await transfers.member();
  const one = await cases.underReview();
  const { name, token, userId, person, mobilePhone } = one;
  await attempt(name, WRONG_PASSWORD, { ip: ADDRESS });
  await attempt(name, PASSWORD, { ip: ADDRESS });
  await attempt(name, WRONG_PASSWORD, { ip: ADDRESS });
  await staff.decide(name, { level: 2, decision: 'approve', reason: 'In order.' });
  await cases.apply3(one, '60090100005777');
  await staff.decide(name, { level: 3, decision: 'approve', reason: 'In order.' });

  const key = await keys.factor.appliedKey(token);
  await keys.factor.bind(token, key, codeAt(key, clock.now()));
  clock.advance(2 * STEP);
  const code = () => codeAt(key, clock.now());
  await keys.reauthenticate({ token, code });
  await keys.factor.recovery(token);
  const { apiKey } = await keys.made(token);

  const bankRef = `TT-${name}`;
  await bookings.deposit({ username: name, asset: 'TWD', amount: '1000', bankRef });
  clock.advance(2 * STEP);
  const email = emailOf(name);
  const self = { name, token, userId, email, key, code, wrong: code, caller: () => keys.factor.caller(token) };
  const kept = { fingerprint: 'f', answer: '{}' };
  const record = () => [keepAnswer(transfers.table, { userId, key: 'rent' }, kept, clock.now())];
  const sent = await transfers.send(self, partner, '600', { asset: 'TWD', record });
  if (!sent.ok) throw new Error(`The transfer was answered ${sent.code}.`);
  await transfers.follow(self, await transfers.linkOf(self));
  const confirmed = await transfers.confirm(self, sent.data);
  if (!confirmed.ok) throw new Error(`The transfer was confirmed with ${confirmed.code}.`);
  await identity.outbox.deliverAll();
  await bookings.adjust(name, { asset: 'TWD', amount: '-400', idempotencyKey: `close-${name}` });
  // Leaves a mail that waits.
  await staff.setStatus(name, UserStatus.LOCKED);
  const closed = await staff.setStatus(name, UserStatus.DELETED);
  if (!closed.ok) throw new Error('The account could not be closed.');
  return { name, email, userId, token, person, mobilePhone, apiKey, bankRef, partner, closedAt: clock.now() };
};
