import { describe, expect, it } from '@jest/globals';
import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { findTransfer } from '../../../shared/ledger/transfer/transfer.ts';
import { useIdentity } from '../../support/identity.ts';
import { waitingMails } from '../../support/stored.ts';
import { transferUseCases } from '../../support/transfers.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const refused = (code: string) => ({ ok: false, code });

describe('the link of a transfer', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  const leadingOn = (id: number) => ({ ok: true, data: { balance_audit_id: id, coin_id: 'USDT', type: 'confirm' } });

  it('leads on, again and again until the transfer is confirmed, and then is used', async () => {
    const { sending, linkOf, follow, confirm, stateOf } = useCases();
    const { from, id } = await sending();
    const link = await linkOf(from);
    expect(link).toMatch(new RegExp(`^${id}-[\\w-]{43}$`));
    for (let times = 0; times < 3; times += 1) expect(await follow(from, link)).toEqual(leadingOn(id));
    expect(await stateOf(id)).toBe(WalletStatus.EMAIL_CONFIRMED);
    await confirm(from, id);
    expect(await follow(from, link)).toEqual(refused('TRANSFER_LINK_USED'));
    identity().clock.advance(31 * MINUTE);
    expect(await follow(from, link)).toEqual(refused('TRANSFER_LINK_USED'));
  });

  it('is stored as a hash only', async () => {
    const { sending, linkOf, table } = useCases();
    const { from, id } = await sending();
    const secret = (await linkOf(from)).split('-').slice(1).join('-');
    const stored = JSON.stringify(await findTransfer(table, id), (_key, value: unknown) => {
      if (typeof value === 'bigint') return String(value);
      return value instanceof Set ? [...value] : value;
    });
    expect(stored).not.toContain(secret);
    expect(stored).toContain('"linkHash"');
  });

  it('is over with its transfer: expired by time, and by the job; without meaning once cancelled', async () => {
    const { sending, mailConfirmed, linkOf, follow, cancel, expire } = useCases();
    const [waiting, confirmed, cancelled] = [await sending(), await mailConfirmed(), await sending()];
    const links = await Promise.all([waiting, confirmed].map(({ from }) => linkOf(from)));
    const dead = await linkOf(cancelled.from);
    await cancel(cancelled.from, cancelled.id);
    expect(await follow(cancelled.from, dead)).toEqual(refused('ILLEGAL_STATE'));
    identity().clock.advance(30 * MINUTE);
    for (const run of [false, true]) {
      if (run) await expire();
      expect(await follow(waiting.from, links[0] ?? '')).toEqual(refused('TRANSFER_LINK_EXPIRED'));
      expect(await follow(confirmed.from, links[1] ?? '')).toEqual(refused('TRANSFER_LINK_EXPIRED'));
    }
  });

  it('is nobody’s but the sender’s, and nothing but what was mailed', async () => {
    const { sending, linkOf, follow, stateOf } = useCases();
    const { from, to, id } = await sending();
    const link = await linkOf(from);
    const other = await sending();
    const otherLink = await linkOf(other.from);
    expect(await follow(to, link)).toEqual(refused('NOT_FOUND'));
    expect(await follow(other.from, link)).toEqual(refused('NOT_FOUND'));
    const swapped = `${id}-${otherLink.split('-').slice(1).join('-')}`;
    const forged = [swapped, `${id}`, `${id}-`, `${id}-${'A'.repeat(43)}`, `${link}A`, link.slice(0, -1), '-', 'x'];
    for (const code of forged) expect(await follow(from, code)).toEqual(refused('NOT_FOUND'));
    expect(await stateOf(id)).toBe(WalletStatus.PENDING);
  });

  it('dies at once when another is asked for, and only the newest is good', async () => {
    const { sending, linkOf, follow, resend, table } = useCases();
    const { from, id } = await sending();
    const first = await linkOf(from);
    const before = await findTransfer(table, id);
    identity().clock.advance(10 * MINUTE);
    expect(await resend(from, id)).toEqual({ ok: true, data: id });
    expect(await follow(from, first)).toEqual(refused('TRANSFER_LINK_EXPIRED'));
    const second = await linkOf(from);
    expect(await follow(from, first)).toEqual(refused('TRANSFER_LINK_EXPIRED'));
    expect(await follow(from, second)).toEqual(leadingOn(id));
    expect(await follow(from, first)).toEqual(refused('TRANSFER_LINK_EXPIRED'));
    expect((await findTransfer(table, id))?.expiresAt).toBe(before?.expiresAt);
  });

  it('can be asked for again once a minute, five times; what is refused sends no mail', async () => {
    const { sending, resend } = useCases();
    const { from, id } = await sending();
    for (let times = 0; times < 5; times += 1) {
      expect(await resend(from, id)).toMatchObject({ ok: true });
      identity().clock.advance(59 * SECOND);
      // The fifth was the last, however long one waits.
      expect(await resend(from, id)).toMatchObject({ code: times < 4 ? 'RATE_LIMITED' : 'RESEND_LIMIT' });
      identity().clock.advance(SECOND);
    }
    expect(await resend(from, id)).toEqual({ ok: false, code: 'RESEND_LIMIT', params: { times: '5' } });
    const kinds = (await waitingMails(identity().resources, from.email)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'transfer-requested')).toHaveLength(6);
  });

  it('says how long to wait before it can be asked for again', async () => {
    const { sending, resend } = useCases();
    const { from, id } = await sending();
    await resend(from, id);
    identity().clock.advance(MINUTE - 1);
    const soon = { ok: false, code: 'RATE_LIMITED', retryAfter: 1, params: { seconds: '1' } };
    expect(await resend(from, id)).toEqual(soon);
  });

  it('is not mailed again once it was followed', async () => {
    const { mailConfirmed, resend } = useCases();
    const { from, id } = await mailConfirmed();
    expect(await resend(from, id)).toEqual(refused('ILLEGAL_STATE'));
  });

  it('comes with a later try when the provider refuses the mail, and by asking again; the transfer stands', async () => {
    const { sending, linkOf, follow, resend, stateOf } = useCases();
    const { from, id } = await sending();
    identity().inbox.refusing = true;
    expect(await linkOf(from)).toBe('');
    expect(await stateOf(id)).toBe(WalletStatus.PENDING);
    identity().inbox.refusing = false;
    expect(await resend(from, id)).toMatchObject({ ok: true });
    const asked = await linkOf(from);
    identity().clock.advance(2 * MINUTE);
    const later = await linkOf(from);
    expect(later).not.toBe(asked);
    expect(await follow(from, asked)).toEqual(refused('TRANSFER_LINK_EXPIRED'));
    expect(await follow(from, later)).toEqual(leadingOn(id));
  });

  it('is not made, nor its mail sent, once the transfer waits for it no more', async () => {
    const { sending, cancel } = useCases();
    const [cancelled, expired] = [await sending(), await sending()];
    await cancel(cancelled.from, cancelled.id);
    identity().clock.advance(30 * MINUTE);
    identity().inbox.mails.length = 0;
    expect(await identity().outbox.deliverAll()).toContain('dropped');
    expect(identity().inbox.mails.filter(({ text }) => text.includes('emailtransfer'))).toEqual([]);
    for (const { from } of [cancelled, expired]) {
      expect(await waitingMails(identity().resources, from.email)).toEqual([]);
    }
  });

  it('says in the mail what is sent, to whom and until when, beside the one that locks the account', async () => {
    const { sending, linkOf } = useCases();
    const { from, to } = await sending('40.5');
    const link = await linkOf(from);
    const mail = identity().inbox.mails.findLast((one) => one.to === from.email);
    expect(mail?.subject).toContain('40.5 USDT');
    expect(mail?.text).toContain(to.name);
    expect(mail?.text).toContain(`\nhttps://api.example.com/v1/validate/emailtransfer?code=${link}\n`);
    expect(mail?.text).toMatch(/\nhttps:\/\/api\.example\.com\/v1\/user\/freeze\?code=[\w-]{43}\n/);
  });
});
