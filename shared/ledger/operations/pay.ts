import { checkSender, refusalByCheck, refusalOfSender, type SenderRefusal } from '../../identity/money-parties.ts';
import { SECOND } from '../../platform/clock.ts';
import { StoreBusyError } from '../../platform/table.ts';
import type { Conversion } from '../conversion/conversion.ts';
import { book, type Booked, type Booking } from './booking.ts';
import {
  type Operation,
  type OperationPlatform,
  type Order,
  read,
  type Read,
  type Refused,
  required,
} from './order.ts';
import { answered, type Payment, paymentLegs, paymentRows, planPayment, readPayment, readService } from './payment.ts';
import type { ReadTickers } from './rates.ts';

/** Splits that are tried while others spend from the same balances. */
const SPLITS_TRIED = 4;

/** No split is begun later than this after the first: a busy store takes up to 8 s for one, and the request ends at 28 s. */
const PATIENCE = 10 * SECOND;

/** Says what each wallet would pay, and moves nothing (API 8.1, PRE_PAY_FOR_SERVICE). */
export const createPrePay =
  (platform: OperationPlatform, readTickers: ReadTickers): Operation =>
  async (order) => {
    const payment = readPayment(order);
    if (!payment.ok) return payment;
    const service = readService(platform, order);
    if (!service.ok) return service;
    const parts = await planPayment(platform, readTickers, order, payment.value);
    return parts.ok ? { ok: true, data: answered(parts.value) } : parts;
  };

/** A payment is money that goes out: who may not send may not pay, and what holds sends holds payments. */
const asPayment = (refusal: SenderRefusal): Refused =>
  refusal.code === 'TRANSFER_NOT_ALLOWED' ? { ok: false, code: 'PAYMENT_NOT_ALLOWED' } : refusal;

/** Books, unless the balance or the store was too busy: then the balance is to be read again. */
const tryBooking = async (attempt: () => Promise<Booked>): Promise<Booked | StoreBusyError | 'spent'> => {
  try {
    const booked = await attempt();
    return !booked.ok && booked.code === 'INSUFFICIENT_BALANCE' ? 'spent' : booked;
  } catch (error) {
    if (error instanceof StoreBusyError) return error;
    throw error;
  }
};

interface Paying extends Payment {
  readonly service: string;
}

const readPaying = (platform: OperationPlatform, order: Order): Read<Paying> => {
  const payment = readPayment(order);
  if (!payment.ok) return payment;
  const known = readService(platform, order);
  if (!known.ok) return known;
  const service = required(known.value, 'receiver', order.setting.locale);
  return service.ok ? read({ ...payment.value, service: service.value }) : service;
};

/** The movement of a payment that was split. */
const bookingOf = (
  { tables, clock }: OperationPlatform,
  { caller: { user }, record }: Order,
  service: string,
  parts: readonly Conversion[],
): Booking => {
  const now = clock.now();
  return {
    kind: 'payment',
    legs: paymentLegs(user.userId, service, parts),
    rows: paymentRows(user.userId, service, parts),
    record,
    check: {
      write: checkSender(tables.users, user.userId, now),
      refusal: (item) => asPayment(refusalByCheck(item, now)),
    },
  };
};

/**
 * Pays a service (API 8.1, PAY_FOR_SERVICE). Whether there is enough is decided by the transaction; where others spent
 * from the same balances meanwhile, what is left is split anew, until it is too little or was tried a few times.
 *
 * @throws StoreBusyError where the store was busy every time.
 */
export const createPay =
  (platform: OperationPlatform, readTickers: ReadTickers): Operation =>
  async (order) => {
    const paying = readPaying(platform, order);
    if (!paying.ok) return paying;
    const refused = refusalOfSender(order.caller.user, platform.clock.now());
    if (refused) return asPayment(refused);
    const latest = platform.clock.now() + PATIENCE;
    let busy: StoreBusyError | undefined;
    for (let tries = 0; tries < SPLITS_TRIED && platform.clock.now() <= latest; tries += 1) {
      const parts = await planPayment(platform, readTickers, order, paying.value);
      if (!parts.ok) return parts;
      const booking = bookingOf(platform, order, paying.value.service, parts.value);
      const booked = await tryBooking(() => book(platform, booking));
      if (booked instanceof StoreBusyError) busy = booked;
      else if (booked !== 'spent') return booked;
    }
    if (busy) throw busy;
    return { ok: false, code: 'UPDATE_FAILED' };
  };
