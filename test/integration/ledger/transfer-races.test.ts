import { describe, expect, it } from '@jest/globals';
import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { findTransfer } from '../../../shared/ledger/transfer/transfer.ts';
import { meetAt } from '../../support/call-log.ts';
import { type Identity, useIdentity } from '../../support/identity.ts';
import type { Member } from '../../support/ledger.ts';
import { waitingMails } from '../../support/stored.ts';
import { transferUseCases } from '../../support/transfers.ts';

const MINUTE = 60_000;

type Made = { readonly from: Member; readonly to: Member; readonly id: number };
type UseCases = ReturnType<typeof transferUseCases>;

/** Where the 100 USDT of a sender are, by the state of the transfer of 40 of them. */
const WHERE: Readonly<Record<number, readonly [from: object, to: object]>> = {
  [WalletStatus.PENDING]: [
    { available: '60', frozen: '40' },
    { available: '0', frozen: '0' },
  ],
  [WalletStatus.EMAIL_CONFIRMED]: [
    { available: '60', frozen: '40' },
    { available: '0', frozen: '0' },
  ],
  [WalletStatus.COMPLETED]: [
    { available: '60', frozen: '0' },
    { available: '40', frozen: '0' },
  ],
  [WalletStatus.USER_CANCELLED]: [
    { available: '100', frozen: '0' },
    { available: '0', frozen: '0' },
  ],
  [WalletStatus.EXPIRED]: [
    { available: '100', frozen: '0' },
    { available: '0', frozen: '0' },
  ],
};

const times = <T>(count: number, make: () => Promise<T>): Promise<T>[] => Array.from({ length: count }, make);

/** Holds the transactions back until that many have arrived: each has read the state before any has changed it. */
const atOnce = ({ resources }: Identity, transactions: number) =>
  meetAt(resources.client, 'TransactWriteItems', transactions);

const succeeded = (results: readonly { readonly ok: boolean }[]): number => results.filter(({ ok }) => ok).length;

describe('events of one transfer at once', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  /** Its money is in one place, that of its state, and both sides were told alike. */
  const settled = async ({ holdings, stateOf }: UseCases, { from, to, id }: Made) => {
    const state = (await stateOf(id)) ?? 0;
    const [sender, receiver] = [await holdings(from.userId, 'USDT'), await holdings(to.userId, 'USDT')];
    expect([sender, receiver]).toEqual(WHERE[state]);
    const mails = await waitingMails(identity().resources, to.email);
    const told = mails.filter(({ kind }) => kind === 'transfer-received');
    expect(told).toHaveLength(state === WalletStatus.COMPLETED ? 1 : 0);
    return state;
  };

  it('confirm and cancel: one wins, whoever repeats it is told so, the other is refused', async () => {
    const cases = useCases();
    const made = await cases.mailConfirmed();
    const met = atOnce(identity(), 16);
    const [confirmed, cancelled] = await Promise.all([
      Promise.all(times(8, () => cases.confirm(made.from, made.id))),
      Promise.all(times(8, () => cases.cancel(made.from, made.id))),
    ]);
    expect(met()).toBe(true);
    const state = await settled(cases, made);
    const wins = [succeeded(confirmed), succeeded(cancelled)];
    expect(wins).toEqual(state === WalletStatus.COMPLETED ? [8, 0] : [0, 8]);
    expect([WalletStatus.COMPLETED, WalletStatus.USER_CANCELLED]).toContain(state);
  });

  it('twenty confirmations: the money comes once', async () => {
    const cases = useCases();
    const made = await cases.mailConfirmed();
    const met = atOnce(identity(), 20);
    expect(succeeded(await Promise.all(times(20, () => cases.confirm(made.from, made.id))))).toBe(20);
    expect(met()).toBe(true);
    expect(await settled(cases, made)).toBe(WalletStatus.COMPLETED);
  });

  it('confirm, judged a moment before the deadline, and expiry after it: one wins', async () => {
    const cases = useCases();
    const made = await cases.mailConfirmed();
    const { clock } = identity();
    clock.advance(30 * MINUTE - 1);
    const met = atOnce(identity(), 2);
    // Its transaction is held until that of the job, begun when the time is over, has arrived.
    const confirming = cases.confirm(made.from, made.id);
    const expiring = new Promise((resolve) => setTimeout(resolve, 50)).then(() => {
      clock.advance(1);
      return cases.expire();
    });
    const [confirmed, report] = await Promise.all([confirming, expiring]);
    expect(met()).toBe(true);
    const state = await settled(cases, made);
    expect(confirmed.ok).toBe(state === WalletStatus.COMPLETED);
    expect(report).toMatchObject(confirmed.ok ? { expired: 0, closed: 1 } : { expired: 1, closed: 0 });
  });

  it('cancel, judged a moment before the deadline, and two jobs after it: one wins', async () => {
    const cases = useCases();
    const made = await cases.sending();
    const { clock } = identity();
    clock.advance(30 * MINUTE - 1);
    const met = atOnce(identity(), 3);
    const cancelling = cases.cancel(made.from, made.id);
    const expiring = new Promise((resolve) => setTimeout(resolve, 50)).then(() => {
      clock.advance(1);
      return Promise.all([cases.expire(), cases.expire()]);
    });
    const [cancelled, reports] = await Promise.all([cancelling, expiring]);
    expect(met()).toBe(true);
    const state = await settled(cases, made);
    expect(cancelled.ok).toBe(state === WalletStatus.USER_CANCELLED);
    const expired = reports.reduce((sum, { expired: count = 0 }) => sum + count, 0);
    expect(expired).toBe(cancelled.ok ? 0 : 1);
  });

  it('the link followed ten times and cancel: cancelled in the end or confirmed by mail, never both', async () => {
    const cases = useCases();
    const made = await cases.sending();
    const link = await cases.linkOf(made.from);
    const met = atOnce(identity(), 11);
    const [followed, cancelled] = await Promise.all([
      Promise.all(times(10, () => cases.follow(made.from, link))),
      cases.cancel(made.from, made.id),
    ]);
    expect(met()).toBe(true);
    // Cancelling is allowed in either state, so it always wins; those who followed before it were led on.
    expect(cancelled.ok).toBe(true);
    expect(await settled(cases, made)).toBe(WalletStatus.USER_CANCELLED);
    const refusals = followed.flatMap((one) => (one.ok ? [] : [one.code]));
    expect(refusals.every((code) => code === 'ILLEGAL_STATE')).toBe(true);
  });

  it('ten who ask for another link: one mail more, and the link of before is dead', async () => {
    const cases = useCases();
    const made = await cases.sending();
    const first = await cases.linkOf(made.from);
    const met = atOnce(identity(), 10);
    const asked = await Promise.all(times(10, () => cases.resend(made.from, made.id)));
    expect(met()).toBe(true);
    expect(succeeded(asked)).toBe(1);
    expect(asked.filter((one) => !one.ok && one.code === 'RATE_LIMITED')).toHaveLength(9);
    expect(await waitingMails(identity().resources, made.from.email)).toHaveLength(1);
    expect(await cases.follow(made.from, first)).toEqual({ ok: false, code: 'TRANSFER_LINK_EXPIRED' });
    expect(await findTransfer(cases.table, made.id)).toMatchObject({ resends: 1 });
    await settled(cases, made);
  });

  it('another link asked for while the old one is followed: it has led on, or it is dead', async () => {
    const cases = useCases();
    const made = await cases.sending();
    const link = await cases.linkOf(made.from);
    const met = atOnce(identity(), 2);
    const [followed, asked] = await Promise.all([cases.follow(made.from, link), cases.resend(made.from, made.id)]);
    expect(met()).toBe(true);
    const state = await settled(cases, made);
    expect([followed.ok, asked.ok]).toEqual(state === WalletStatus.EMAIL_CONFIRMED ? [true, false] : [false, true]);
    expect(followed).toMatchObject(followed.ok ? {} : { code: 'TRANSFER_LINK_EXPIRED' });
  });

  it('one code, twenty orders: one is sent', async () => {
    const cases = useCases();
    const [from, to] = [await cases.member({ USDT: '100' }), await cases.member()];
    const met = atOnce(identity(), 20);
    const sent = await Promise.all(times(20, () => cases.send(from, to, '40')));
    expect(met()).toBe(true);
    expect(succeeded(sent)).toBe(1);
    expect(sent.filter((one) => !one.ok && one.code === 'TWO_FACTOR_WRONG')).toHaveLength(19);
    expect(await cases.holdings(from.userId, 'USDT')).toEqual({ available: '60', frozen: '40' });
    expect(await waitingMails(identity().resources, from.email)).toHaveLength(1);
  });
});
