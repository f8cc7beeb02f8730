import type { AssetName } from '../../../shared/contracts/assets.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../../shared/contracts/enums.ts';
import { available, house } from '../../../shared/ledger/account.ts';
import {
  type Conversion,
  conversionLegs,
  convertPaid,
  spreadOf,
} from '../../../shared/ledger/conversion/conversion.ts';
import { parseRatio } from '../../../shared/ledger/conversion/ratio.ts';
import { conversionRows } from '../../../shared/ledger/conversion/rows.ts';
import { addRow } from '../../../shared/ledger/history/row.ts';
import { post } from '../../../shared/ledger/journal.ts';
import { book, type BookingPlatform } from '../../../shared/ledger/operations/booking.ts';
import { paymentLegs, paymentRows } from '../../../shared/ledger/operations/payment.ts';
import { newRecordId, timeOfRecord } from '../../../shared/ledger/record-id.ts';
import type { Units } from '../../../shared/ledger/units.ts';

const PRICES: Readonly<Record<AssetName, string>> = { TWD: '1', USDT: '31.5', BTC: '2000000', ETH: '90000', USD: '32' };

const rateOf = (from: AssetName, to: AssetName) => ({
  from: { asset: from, price: parseRatio(PRICES[from]) },
  to: { asset: to, price: parseRatio(PRICES[to]) },
  spread: spreadOf('0.5'),
});

/** What is booked at once, with what the histories say of it. Each says whether there was enough. */
export const bookingsOf = (platform: BookingPlatform) => {
  const { tables, clock, random, commit } = platform;

  /** Between a user and the treasury: with a minus it is taken. */
  const bookTreasury = async (
    kind: 'deposit' | 'adjustment',
    userId: string,
    asset: AssetName,
    amount: Units,
  ): Promise<boolean> => {
    const id = newRecordId(clock.now(), random, kind);
    const at = timeOfRecord(id);
    const legs = [
      { account: house('treasury', asset), amount: -amount },
      { account: available(userId, asset), amount },
    ];
    const comes = amount > 0n;
    const row = {
      userId,
      class: 'FLOW',
      asset,
      id,
      at,
      updatedAt: at,
      type: comes ? WalletRecordType.DEPOSIT : WalletRecordType.WITHDRAW,
      inOutType: comes ? InOutType.IN : InOutType.OUT,
      amount: comes ? amount : -amount,
      status: WalletStatus.COMPLETED,
    } as const;
    const { journal, debits, credits } = post(tables.ledger, { journalId: `${kind}-${id}`, at, legs }, random);
    const { committed } = await commit([...journal, ...debits, ...credits, ...addRow(tables.ledger, row)]);
    return committed;
  };

  const convert = async (userId: string, from: AssetName, to: AssetName, paid: Units): Promise<boolean> => {
    const rate = rateOf(from, to);
    const converted = convertPaid(rate, paid);
    const legs = conversionLegs(userId, converted);
    const rows = conversionRows(userId, rate, converted);
    return (await book(platform, { kind: 'convert', legs, rows, record: () => [] })).ok;
  };

  /** Pays in TWD, from it and from another asset. */
  const pay = async (userId: string, amount: Units, other: AssetName, ofOther: Units): Promise<boolean> => {
    const plain: Conversion = { from: 'TWD', to: 'TWD', paid: amount, received: amount, spread: 0n };
    const parts = [plain, convertPaid(rateOf(other, 'TWD'), ofOther)];
    const [legs, rows] = [paymentLegs(userId, 'shop', parts), paymentRows(userId, 'shop', parts)];
    return (await book(platform, { kind: 'payment', legs, rows, record: () => [] })).ok;
  };

  return { bookTreasury, convert, pay };
};
