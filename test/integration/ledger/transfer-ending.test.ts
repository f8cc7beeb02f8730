import { describe, expect, it } from '@jest/globals';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { InOutType, UserStatus, WalletRecordType, WalletStatus } from '../../../shared/contracts/enums.ts';
import { testTable } from '../../support/engine.ts';
import { useIdentity } from '../../support/identity.ts';
import { waitingMails } from '../../support/stored.ts';
import { transferUseCases } from '../../support/transfers.ts';

const MINUTE = 60_000;

const refused = (code: string) => ({ ok: false, code });

const NOTHING = { available: '0', frozen: '0' };

describe('the end of a transfer', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  /** The rows of somebody's history, as they are stored. */
  const rowsOf = async (userId: string) => {
    const { Items = [] } = await identity().resources.client.send(new ScanCommand({ TableName: testTable('ledger') }));
    return Items.filter(({ pk, sk }) => pk === `USER#${userId}` && String(sk).startsWith('ROW#FLOW#USDT#'));
  };

  const deadlinesOf = async (id: number) => {
    const { Items = [] } = await identity().resources.client.send(new ScanCommand({ TableName: testTable('ledger') }));
    return Items.filter(({ pk, sk }) => String(pk).startsWith('EXPIRY#') && String(sk).endsWith(`#${id}`));
  };

  it('is the receiver’s money, told by mail to the receiver alone and in both histories', async () => {
    const { mailConfirmed, confirm, holdings, stateOf } = useCases();
    const { from, to, id } = await mailConfirmed('40');
    identity().clock.advance(MINUTE);
    expect(await deadlinesOf(id)).toHaveLength(1);
    expect(await confirm(from, id)).toEqual({ ok: true, data: id });
    expect(await stateOf(id)).toBe(WalletStatus.COMPLETED);
    expect(await deadlinesOf(id)).toEqual([]);
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '60', frozen: '0' });
    expect(await holdings(to.userId, 'USDT')).toEqual({ available: '40', frozen: '0' });
    const facts = { amount: '40', asset: 'USDT', sender: from.name, at: identity().clock.now() };
    const mails = await waitingMails(identity().resources, to.email);
    expect(mails).toMatchObject([{ kind: 'transfer-received', facts }]);
    const common = { id, status: WalletStatus.COMPLETED, amount: 40_000_000, updatedAt: identity().clock.now() };
    const out = { type: WalletRecordType.TRANSFER_OUT, inOutType: InOutType.OUT, counterparty: to.name };
    expect(await rowsOf(from.userId)).toMatchObject([{ ...common, ...out }]);
    const into = { type: WalletRecordType.TRANSFER_IN, inOutType: InOutType.IN, counterparty: from.name };
    expect(await rowsOf(to.userId)).toMatchObject([{ ...common, ...into }]);
  });

  it('comes once: confirmed again it is success again, also under a hold and long after', async () => {
    const { mailConfirmed, confirm, cancel, resend, change, holdings } = useCases();
    const { from, to, id } = await mailConfirmed('40');
    await confirm(from, id);
    await change(from.userId, { holdUntil: Date.UTC(2030, 0, 1) });
    identity().clock.advance(40 * MINUTE);
    expect(await confirm(from, id)).toEqual({ ok: true, data: id });
    expect(await cancel(from, id)).toEqual(refused('ILLEGAL_STATE'));
    expect(await resend(from, id)).toEqual(refused('ILLEGAL_STATE'));
    expect(await holdings(to.userId, 'USDT')).toEqual({ available: '40', frozen: '0' });
    expect(await waitingMails(identity().resources, to.email)).toHaveLength(1);
  });

  it('needs the mailed link to be followed before', async () => {
    const { sending, confirm } = useCases();
    const { from, id } = await sending();
    expect(await confirm(from, id)).toEqual(refused('ILLEGAL_STATE'));
  });

  it('is not reached after the deadline, whether or not the job has run', async () => {
    const { mailConfirmed, sending, confirm, cancel, resend, expire, holdings, stateOf } = useCases();
    const one = await mailConfirmed();
    const other = await sending();
    identity().clock.advance(30 * MINUTE);
    for (const run of [false, true]) {
      if (run) await expire();
      expect(await confirm(one.from, one.id)).toEqual(refused('ILLEGAL_STATE'));
      expect(await cancel(one.from, one.id)).toEqual(refused('ILLEGAL_STATE'));
      expect(await resend(other.from, other.id)).toEqual(refused('ILLEGAL_STATE'));
    }
    expect(await stateOf(one.id)).toBe(WalletStatus.EXPIRED);
    expect(await holdings(one.from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
    expect(await holdings(one.to.userId, 'USDT')).toEqual(NOTHING);
  });

  it.each([
    { of: 'from', changes: { userStatus: UserStatus.NOT_TRADABLE }, code: 'TRANSFER_NOT_ALLOWED' },
    { of: 'from', changes: { kycLevel: 1 as const }, code: 'TRANSFER_NOT_ALLOWED' },
    { of: 'from', changes: { holdUntil: Date.UTC(2030, 0, 1) }, code: 'OUTGOING_HELD' },
    { of: 'to', changes: { userStatus: UserStatus.BLOCKED }, code: 'RECEIVER_UNAVAILABLE' },
  ] as const)('waits while $of is not as before: $changes', async ({ of, changes, code }) => {
    const { mailConfirmed, confirm, change, holdings } = useCases();
    const made = await mailConfirmed('40');
    await change(made[of].userId, changes);
    expect(await confirm(made.from, made.id)).toMatchObject(refused(code));
    expect(await holdings(made.from.userId, 'USDT')).toEqual({ available: '60', frozen: '40' });
    expect(await holdings(made.to.userId, 'USDT')).toEqual(NOTHING);
    await change(made[of].userId, { userStatus: UserStatus.NORMAL, kycLevel: 2, holdUntil: 0 });
    expect(await confirm(made.from, made.id)).toMatchObject({ ok: true });
  });

  it.each(['sending', 'mailConfirmed'] as const)('is the sender’s money again when %s was cancelled', async (made) => {
    const { cancel, confirm, resend, holdings, stateOf, ...cases } = useCases();
    const { from, to, id } = await cases[made]('40');
    expect(await cancel(from, id)).toEqual({ ok: true, data: null });
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
    expect(await stateOf(id)).toBe(WalletStatus.USER_CANCELLED);
    expect(await deadlinesOf(id)).toEqual([]);
    expect(await cancel(from, id)).toEqual({ ok: true, data: null });
    expect(await confirm(from, id)).toEqual(refused('ILLEGAL_STATE'));
    expect(await resend(from, id)).toEqual(refused('ILLEGAL_STATE'));
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
    expect(await holdings(to.userId, 'USDT')).toEqual(NOTHING);
    expect(await rowsOf(from.userId)).toMatchObject([{ id, status: WalletStatus.USER_CANCELLED }]);
    expect(await rowsOf(to.userId)).toEqual([]);
  });

  it('is nobody’s business but the sender’s: other ids are not found, whatever they look like', async () => {
    const { mailConfirmed, confirm, cancel, resend } = useCases();
    const { to, from, id } = await mailConfirmed();
    const notFound = refused('NOT_FOUND');
    expect([await cancel(to, id), await confirm(to, id), await resend(to, id)]).toEqual([notFound, notFound, notFound]);
    for (const odd of [
      '1',
      '0',
      '-1',
      `0${id}`,
      `${id}.0`,
      ` ${id}`,
      '9007199254740993',
      '99999999999999999999',
      'x',
    ]) {
      expect(await cancel(from, odd)).toEqual(notFound);
      expect(await confirm(from, odd)).toEqual(notFound);
      expect(await resend(from, odd)).toEqual(notFound);
    }
  });
});
