import { beforeAll, describe, expect, it } from '@jest/globals';
import { bankAccounts } from '../../../shared/contracts/endpoints/account/bank-accounts.ts';
import { freeze } from '../../../shared/contracts/endpoints/account/freeze.ts';
import { loginLog } from '../../../shared/contracts/endpoints/account/login-log.ts';
import { allTickers } from '../../../shared/contracts/endpoints/landing/all-tickers.ts';
import { sessions } from '../../../shared/contracts/endpoints/account/sessions.ts';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { freezeAccount } from '../../../shared/identity/freeze.ts';
import { readLog } from '../../../shared/identity/login-log.ts';
import { openSessions } from '../../../shared/identity/sessions.ts';
import { openBankAccounts, storedAccounts } from '../../../shared/kyc/bank-account-store.ts';
import { DAY } from '../../../shared/platform/clock.ts';
import { readTickers } from '../../../shared/market/ticker-store.ts';
import { apiKeyUseCases } from '../../support/api-keys.ts';
import { codeAt, STEP } from '../../support/authenticator.ts';
import { bookingUseCases, KIM } from '../../support/bookings.ts';
import { erasureUseCases } from '../../support/erasure.ts';
import { emailOf, PASSWORD, useIdentity } from '../../support/identity.ts';
import { kycUseCases } from '../../support/kyc.ts';
import { ledgerContents } from '../../support/ledger-contents.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';
import { signedCalls } from '../../support/signed-calls.ts';
import { staffOn } from '../../support/staff.ts';
import { testFoundation } from '../../support/test-platform.ts';
import { transferUseCases } from '../../support/transfers.ts';
import {
  DURABLE_TABLES,
  loadItems,
  recordedShapes,
  yesterdayFacts,
  yesterdayItems,
} from '../../support/yesterday/fixtures.ts';

type Items = ReturnType<typeof yesterdayItems>;

const linesOf = (items: Items, userId: string, kind: string): Items =>
  items.filter(({ pk, sk }) => pk?.S === `USER#${userId}` && sk?.S?.startsWith(`${kind}#`));

/* The tables are as the code of those days left them, and the clock stands where it stopped. */
describe.each(recordedShapes())('%s', (shape) => {
  const facts = yesterdayFacts(shape);
  const { sender, receiver } = facts;
  const identity = useIdentity();

  beforeAll(async () => {
    const { engine, clock } = identity();
    for (const table of DURABLE_TABLES) await loadItems(engine, table, yesterdayItems(shape, table));
    clock.advance(facts.at - clock.now() + 2 * STEP);
  });

  const memberOf = ({ name, userId, token, key }: typeof receiver) => {
    const code = () => codeAt(key, identity().clock.now());
    const caller = () => apiKeyUseCases(identity()).factor.caller(token);
    return { name, userId, token, email: emailOf(name), key, code, wrong: code, caller };
  };

  const market = () => testFoundation(allTickers, identity().resources).platform.tables.market;

  describe('people of yesterday', () => {
    it('are still logged in, with the session that a second factor completed', async () => {
      const caller = await memberOf(sender).caller();
      expect(caller.user).toMatchObject({ userId: sender.userId, kycLevel: 3, is2FA: true, userStatus: 1 });
      const { tables } = testFoundation(sessions, identity().resources).platform;
      const open = await openSessions(tables.users, caller, identity().clock.now());
      expect(open.map(({ current }) => current)).toEqual([false, true]);
    });

    it('log in again by password and authenticator, or by a recovery code', async () => {
      const { factor } = apiKeyUseCases(identity());
      const first = await identity().attempt(sender.name, PASSWORD);
      if (!first.ok) throw new Error(`The login was answered ${first.code}.`);
      expect(await factor.check(first.token, memberOf(sender).code())).toMatchObject({ ok: true });
      const second = await identity().attempt(sender.name, PASSWORD);
      if (!second.ok) throw new Error(`The login was answered ${second.code}.`);
      expect(await factor.check(second.token, sender.recoveryCode)).toMatchObject({ ok: true });
      const { tables } = testFoundation(loginLog, identity().resources).platform;
      const log = await readLog(tables.users, sender.userId, { pageSize: 100, pageNum: 1 });
      expect(log.length).toBeGreaterThan(linesOf(yesterdayItems(shape, 'users'), sender.userId, 'LOG').length);
    });

    it('keep the API key that they made', async () => {
      const keys = apiKeyUseCases(identity());
      await keys.reauthenticate(memberOf(sender));
      expect(await keys.listed(sender.token)).toMatchObject([
        { apiKey: sender.apiKey.apiKey, scopes: ['read', 'trade'] },
      ]);
      const calls = signedCalls(identity());
      const answer = await calls.signed(calls.userContainer(), sender.apiKey);
      expect(answer).toMatchObject({ status: 200, code: 1, data: { username: sender.name } });
    });

    it('keep their level, their bank account and the application that waits', async () => {
      const status = await kycUseCases(identity()).status(sender.token);
      expect(status).toMatchObject({ level: 3, statusLevel2: 3, statusLevel3: 2, gender: 1, name: '林*得' });
      const { tables, secrets } = testFoundation(bankAccounts, identity().resources).platform;
      const stored = await storedAccounts(tables.kyc, sender.userId);
      const [account] = await openBankAccounts(secrets.bankAccount, stored);
      expect(account).toMatchObject({ account: '60090100005777', accountHolder: sender.holder, bankCode: '005' });
      const staff = staffOn(identity().resources);
      expect((await staff.reviews({ level: 3 })).reviews).toMatchObject([{ username: sender.name }]);
      expect(await staff.openKyc(sender.name)).toMatchObject({
        ok: true,
        data: { name: sender.holder, bankApplication: { account: '60090100005888' } },
      });
    });

    it('are mailed what waited, and verified by it', async () => {
      const { name } = facts.newcomer;
      await identity().outbox.deliverAll();
      expect(await identity().verifyAs(name, identity().inbox.code(emailOf(name)))).toMatchObject({ ok: true });
      expect(await identity().attempt(name, PASSWORD)).toMatchObject({ ok: true });
    });
  });

  describe('money of yesterday', () => {
    const ledger = () => ledgerWorld(identity().engine);

    it('is proved, to the last entry', async () => {
      const { problems, checked } = await ledger().verify();
      expect(problems).toEqual([]);
      expect(checked.transfers).toBe(4);
    });

    it('is there, with its history', async () => {
      const transfers = transferUseCases(identity());
      expect(await transfers.holdings(sender.userId, 'USDT')).toMatchObject({ frozen: '25' });
      expect(await transfers.holdings(receiver.userId, 'USDT')).toEqual({ available: '10', frozen: '0' });
      const rows = await ledgerContents(identity().resources.client).rows(sender.userId);
      expect(rows).toHaveLength(linesOf(yesterdayItems(shape, 'ledger'), sender.userId, 'ROW').length);
      const bases = (await readTickers(market())).map(({ base }) => base);
      expect(bases.toSorted()).toEqual(['BTC', 'ETH', 'USD', 'USDT']);
    });

    it('that was on its way is confirmed, by the link of yesterday too, or given back', async () => {
      const transfers = transferUseCases(identity());
      const from = memberOf(sender);
      expect(await transfers.confirm(from, facts.mailConfirmed)).toMatchObject({ ok: true });
      expect(await transfers.follow(from, facts.linkCode)).toMatchObject({ ok: true });
      expect(await transfers.cancel(from, facts.created)).toMatchObject({ ok: true });
      expect(await transfers.holdings(receiver.userId, 'USDT')).toEqual({ available: '22', frozen: '0' });
      identity().clock.advance(2 * STEP);
      expect(await transfers.send(from, memberOf(receiver), '1')).toMatchObject({ ok: true });
      expect((await ledger().verify()).problems).toEqual([]);
    });

    it('that waits for a second one of the staff is booked, once', async () => {
      const { deposit, has } = bookingUseCases(identity);
      const before = await has(sender.userId);
      const body = { username: sender.name, asset: 'TWD', amount: '300001', bankRef: facts.awaiting } as const;
      const booked = await deposit(body, KIM);
      expect(booked).toMatchObject({ ok: true, data: { status: 'booked' } });
      expect(await deposit(body, KIM)).toEqual(booked);
      const again = { username: sender.name, asset: 'TWD', amount: '1000', bankRef: 'A-1' } as const;
      expect(await deposit(again)).toMatchObject({ ok: true, data: { status: 'booked' } });
      expect(Number((await has(sender.userId)).available) - Number(before.available)).toBe(300_001);
    });
  });

  describe('what staff left yesterday', () => {
    it('is shown: users, and who did what to them', async () => {
      const staff = staffOn(identity().resources);
      expect(await staff.view(sender.name)).toMatchObject({ ok: true, data: { userId: sender.userId } });
      const { records } = await staff.audit({ username: sender.name });
      const actions = records.map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['kyc.decision', 'deposit.book', 'adjustment.book']));
      const day = new Date(facts.at).toISOString().slice(0, 10);
      expect((await staff.audit({ date: day })).records.length).toBeGreaterThan(records.length);
    });

    it('goes on: an erasure that was ordered runs', async () => {
      identity().clock.advance(DAY);
      const { run } = erasureUseCases(identity());
      expect(await run()).toMatchObject({ kept: 1, failed: 0 });
      expect(await run()).toMatchObject({ erased: 1, failed: 0 });
    });
  });

  it('a link of yesterday freezes the account', async () => {
    const { platform } = testFoundation(freeze, identity().resources);
    const setting = { locale: 'en', admitted: Promise.resolve() } as const;
    expect(await freezeAccount(platform, facts.freezeCode, setting)).toEqual({ ok: true });
    const seen = await staffOn(identity().resources).view(sender.name);
    expect(seen).toMatchObject({ ok: true, data: { userStatus: UserStatus.LOCKED } });
  });
});
