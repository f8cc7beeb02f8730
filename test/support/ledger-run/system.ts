import type { Caller } from '../../../shared/identity/session-store.ts';
import { house } from '../../../shared/ledger/account.ts';
import { readBalances } from '../../../shared/ledger/balances.ts';
import type { RecordId } from '../../../shared/ledger/record-id.ts';
import { findTransfer } from '../../../shared/ledger/transfer/transfer.ts';
import { formatUnits, type Units } from '../../../shared/ledger/units.ts';
import type { FaultLayer } from '../ledger-faults/fault-layer.ts';
import type { Engine } from '../engine.ts';
import { type TestClock, testInbox } from '../test-platform.ts';
import { callerAs, type OperationAnswer, walletOperationUseCases } from '../wallet-operations.ts';
import type { ModelResult } from './model.ts';
import { createMoves, RUN_ASSET } from './moves.ts';

const resultOf = (answer: OperationAnswer): ModelResult => {
  if (answer.ok) return 'ok';
  return answer.code === 'INSUFFICIENT_BALANCE' ? 'insufficient' : 'refused';
};

/** What users have and what became of transfers, as a model says it too. */
export interface SystemState {
  readonly usdt: readonly { readonly available: Units; readonly frozen: Units }[];
  readonly twd: readonly Units[];
  readonly statuses: readonly (number | undefined)[];
}

/** Service that `PAY_FOR_SERVICE` of a test can name. */
const SERVICE = 'other-shop';

interface SystemOptions {
  readonly engine: Pick<Engine, 'client'>;
  /** Between the ledger and the engine. */
  readonly layer: FaultLayer;
  readonly users: number;
  /** Of all systems over one engine, since prices only get newer. */
  readonly clock: TestClock;
}

/** The ledger with a few users of its own, driven as its model is. */
export const createSystem = async ({ engine: { client: quiet }, layer, users, clock }: SystemOptions) => {
  const client = layer.client();
  const resources = { client, clock, inbox: testInbox(), lines: [] };
  const moves = createMoves(client, clock);
  const calm = walletOperationUseCases({ ...resources, client: quiet });
  const { operate } = walletOperationUseCases(resources);
  const callers = Array.from({ length: users }, () => callerAs({ spread: '0' }, clock.now()));
  for (const caller of callers) await calm.keepUser(caller);
  const ids: RecordId[] = [];

  const callerOf = (user: number): Caller => {
    const caller = callers[user];
    if (!caller) throw new RangeError(`The run has no user ${user}.`);
    return caller;
  };
  const idOf = (user: number): string => callerOf(user).user.userId;
  const wallet = (amount?: Units) => [
    { wallet: 'SPOT@', asset: RUN_ASSET, ...(amount !== undefined && { amount: formatUnits(RUN_ASSET, amount) }) },
  ];

  return {
    clock,
    deposit: (user: number, amount: Units) => moves.deposit(idOf(user), amount),
    send: async (sender: number, receiver: number, amount: Units): Promise<ModelResult> => {
      const order = { sender: idOf(sender), receiver: idOf(receiver), amount };
      const transfer = await moves.open(order, () => undefined);
      if (transfer) ids.push(transfer.id);
      return transfer ? 'ok' : 'insufficient';
    },
    step: (index: number, event: Parameters<typeof moves.attempt>[1]): Promise<ModelResult> =>
      moves.attempt(ids[index] ?? 0, event),
    convert: async (user: number, amount: Units): Promise<ModelResult> => {
      await calm.setPrices({ USDT: '1' });
      const body = { operation: 'CONVERT', fromWallet: wallet(amount), toAsset: 'TWD' };
      return resultOf(await operate(callerOf(user), body));
    },
    pay: async (user: number, amount: Units): Promise<ModelResult> => {
      const toAmount = formatUnits(RUN_ASSET, amount);
      const body = {
        operation: 'PAY_FOR_SERVICE',
        receiver: SERVICE,
        fromWallet: wallet(),
        toAsset: RUN_ASSET,
        toAmount,
      };
      return resultOf(await operate(callerOf(user), body));
    },
    state: async (): Promise<SystemState> => {
      const balances = await Promise.all(callers.map(({ user }) => readBalances(moves.ledger, user.userId)));
      const transfers = await Promise.all(ids.map((id) => findTransfer(moves.ledger, id)));
      return {
        usdt: balances.map(({ USDT }) => USDT),
        twd: balances.map(({ TWD }) => TWD.available),
        statuses: transfers.map((transfer) => transfer?.status),
      };
    },
  };
};

export type System = Awaited<ReturnType<typeof createSystem>>;

/** Where services are paid. */
export const SERVICE_ACCOUNT = house(`service:${SERVICE}`, RUN_ASSET);
