import { describe, expect, it } from '@jest/globals';
import { staffAdjustment } from '../../../shared/contracts/staff/adjustments.ts';
import { staffLedgerVerify } from '../../../shared/contracts/staff/ledger-verify.ts';
import { staffTicker } from '../../../shared/contracts/staff/tickers.ts';
import { readTickers } from '../../../shared/market/ticker-store.ts';
import { showVerified } from '../../../shared/staff/ledger-verify.ts';
import { setTicker } from '../../../shared/staff/tickers.ts';
import { bookingUseCases, KIM } from '../../support/bookings.ts';
import { useIdentity } from '../../support/identity.ts';
import { JO, staffOn } from '../../support/staff.ts';
import { testFoundation } from '../../support/test-platform.ts';

const identity = useIdentity();
const { someone, deposit, adjust, has, records } = bookingUseCases(identity);

const verify = () =>
  showVerified(testFoundation(staffLedgerVerify, identity().resources).platform, JO, { query: {}, locale: 'en' });

describe('an adjustment', () => {
  it('adds and takes, once a key, and never more than there is', async () => {
    const { name, userId } = await someone();
    const added = await adjust(name, { asset: 'TWD', amount: '100.00', idempotencyKey: `k1-${name}` });
    expect(added).toMatchObject({ ok: true, data: { status: 'booked' } });
    expect(await adjust(name, { asset: 'TWD', amount: '100', idempotencyKey: `k1-${name}` })).toEqual(added);
    const other = await adjust(name, { asset: 'TWD', amount: '99', idempotencyKey: `k1-${name}` });
    expect(other).toEqual({ ok: false, code: 'REFERENCE_REUSED' });
    const tooMuch = await adjust(name, { asset: 'TWD', amount: '-100.01', idempotencyKey: `k2-${name}` });
    expect(tooMuch).toEqual({ ok: false, code: 'INSUFFICIENT_BALANCE' });
    await adjust(name, { asset: 'TWD', amount: '-40.5', idempotencyKey: `k2-${name}` });
    expect(await has(userId)).toEqual({ available: '59.5', frozen: '0' });
    const taken = (await records(name)).find(({ after }) => after?.amount === '-40.5');
    expect(taken).toMatchObject({
      action: 'adjustment.book',
      reason: 'why',
      before: { available: '100' },
      after: { amount: '-40.5', available: '59.5' },
    });
  });

  it.each(['0', '-0.00', '1e3', '+5', '.5', '5.'])('of %s is refused', (amount) => {
    const body = { asset: 'TWD', amount, reason: 'why', idempotencyKey: 'k' };
    expect(staffAdjustment.body.safeParse(body).success).toBe(false);
  });

  it('records exact balances however many are made at once', async () => {
    const { name, userId } = await someone();
    const keys = Array.from({ length: 4 }, (_, index) => `${name}-${index}`);
    const all = await Promise.all(
      keys.map((idempotencyKey) => adjust(name, { asset: 'TWD', amount: '1', idempotencyKey })),
    );
    expect(all.every(({ ok }) => ok)).toBe(true);
    const after = (await records(name)).map(({ after: state }) => state?.available);
    expect(new Set(after)).toEqual(new Set(['1', '2', '3', '4']));
    expect((await has(userId)).available).toBe('4');
  });

  it('that takes much waits for another one of the staff too', async () => {
    const { name, userId } = await someone();
    await deposit({ username: name, asset: 'BTC', amount: '0.1', bankRef: `E-${name}` });
    await deposit({ username: name, asset: 'BTC', amount: '0.1', bankRef: `F-${name}` });
    const body = { asset: 'BTC', amount: '-0.10000001', idempotencyKey: `big-${name}` };
    expect(await adjust(name, body)).toMatchObject({ data: { status: 'awaiting-approval' } });
    expect(await adjust(name, body, KIM)).toMatchObject({ data: { status: 'booked' } });
    expect((await has(userId, 'BTC')).available).toBe('0.09999999');
  });
});

describe('a price that staff set', () => {
  it('is the ticker, with its change, and is recorded', async () => {
    const { platform } = testFoundation(staffTicker, identity().resources);
    expect(await setTicker(platform, JO, 'USDT', '30')).toEqual({ ok: true, data: null });
    identity().clock.advance(60_000);
    expect(await setTicker(platform, JO, 'USDT', '33')).toEqual({ ok: true, data: null });
    expect(await readTickers(platform.tables.market)).toContainEqual(
      expect.objectContaining({ base: 'USDT', lastPrice: '33', changePercent: 10 }),
    );
    const date = new Date(identity().clock.now()).toISOString().slice(0, 10);
    const { records: day } = await staffOn(identity().resources).audit({ date });
    const set = day.find(({ action }) => action === 'ticker.set');
    expect(set).toMatchObject({
      before: { asset: 'USDT', lastPrice: '30' },
      after: { asset: 'USDT', lastPrice: '33' },
    });
  });
});

describe('all of it', () => {
  it('leaves a ledger that is proved, and the look is recorded', async () => {
    const verified = await verify();
    expect(verified).toMatchObject({
      ok: true,
      data: { problems: [], sums: { ETH: { users: '0', house: '0' } }, next: null },
    });
    const bad = await showVerified(testFoundation(staffLedgerVerify, identity().resources).platform, JO, {
      query: { cursor: 'nonsense' },
      locale: 'en',
    });
    expect(bad).toMatchObject({ ok: false, code: 'INVALID_PARAMETER' });
  });
});
