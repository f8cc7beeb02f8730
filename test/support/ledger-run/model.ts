import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { type TransferState, isOpen } from '../../../shared/ledger/transfer/states.ts';
import type { Units } from '../../../shared/ledger/units.ts';

const { PENDING, EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED, EXPIRED } = WalletStatus;

/** What an operation comes to. */
export type ModelResult = 'ok' | 'insufficient' | 'refused';

interface ModelTransfer {
  readonly sender: number;
  readonly receiver: number;
  readonly amount: Units;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  status: TransferState;
}

type Purse = { available: Units; frozen: Units };

/** USDT and TWD of each user, and what the house has got for services. */
export interface Model {
  readonly usdt: Purse[];
  readonly twd: Units[];
  readonly transfers: ModelTransfer[];
  paid: Units;
}

export const newModel = (users: number): Model => ({
  usdt: Array.from({ length: users }, () => ({ available: 0n, frozen: 0n })),
  twd: Array.from({ length: users }, () => 0n),
  transfers: [],
  paid: 0n,
});

const purseOf = ({ usdt }: Model, user: number): Purse => {
  const purse = usdt[user];
  if (!purse) throw new RangeError(`The model has no user ${user}.`);
  return purse;
};

const LIFETIME_MS = 1_800_000;

/** What the ledger should do, in the simplest words. */
export const modelOf = (model: Model) => ({
  deposit: (user: number, amount: Units): ModelResult => {
    purseOf(model, user).available += amount;
    return 'ok';
  },
  send: (sender: number, receiver: number, amount: Units, now: number): ModelResult => {
    const purse = purseOf(model, sender);
    if (purse.available < amount) return 'insufficient';
    purse.available -= amount;
    purse.frozen += amount;
    model.transfers.push({ sender, receiver, amount, expiresAt: now + LIFETIME_MS, status: PENDING });
    return 'ok';
  },
  step: (index: number, event: 'email-confirm' | 'confirm' | 'cancel' | 'expire', now: number): ModelResult => {
    const transfer = model.transfers[index];
    if (!transfer) throw new RangeError(`The model has no transfer ${index}.`);
    const { sender, receiver, amount, expiresAt, status } = transfer;
    const isOver = now >= expiresAt;
    const own = purseOf(model, sender);
    if (event === 'confirm' && status === COMPLETED) return 'ok';
    if (event === 'cancel' && status === USER_CANCELLED) return 'ok';
    if (!isOpen(status) || isOver !== (event === 'expire')) return 'refused';
    if (event === 'confirm' && status !== EMAIL_CONFIRMED) return 'refused';
    if (event === 'email-confirm') {
      transfer.status = EMAIL_CONFIRMED;
      return 'ok';
    }
    own.frozen -= amount;
    purseOf(model, event === 'confirm' ? receiver : sender).available += amount;
    transfer.status = { confirm: COMPLETED, cancel: USER_CANCELLED, expire: EXPIRED }[event];
    return 'ok';
  },
  /** At one TWD a USDT and no spread: units of USDT are ten thousandths of those of TWD, and what is over is the house's. */
  convert: (user: number, amount: Units): ModelResult => {
    const purse = purseOf(model, user);
    const received = amount / 10_000n;
    if (received === 0n) return 'refused';
    if (purse.available < amount) return 'insufficient';
    purse.available -= amount;
    model.twd[user] = (model.twd[user] ?? 0n) + received;
    return 'ok';
  },
  pay: (user: number, amount: Units): ModelResult => {
    const purse = purseOf(model, user);
    if (purse.available < amount) return 'insufficient';
    purse.available -= amount;
    model.paid += amount;
    return 'ok';
  },
});
