import * as z from 'zod';
import { transferConfirm } from '../../../shared/contracts/endpoints/capital/transfer-confirm.ts';
import { walletOperation } from '../../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { assemble, type Bind } from '../../../shared/http/endpoint-handler.ts';
import { onceByKey } from '../../../shared/http/idempotency.ts';
import { createOperations, dispatch } from '../../../shared/ledger/operations/dispatch.ts';
import { confirmByMail } from '../../../shared/ledger/transfer/commands.ts';
import { confirmTransfer } from '../../../shared/ledger/transfer/confirm.ts';
import { readNamed } from '../../../shared/ledger/transfer/own.ts';
import { findTransfer, type Transfer } from '../../../shared/ledger/transfer/transfer.ts';
import { readTickers } from '../../../shared/market/ticker-store.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { testTable } from '../../support/engine.ts';
import { testFoundation, type TestResources } from '../../support/test-platform.ts';
import type { Sender } from './sender.ts';

const made = z.object({ code: z.literal(1), data: z.int() });

const confirm: Bind<typeof transferConfirm, Transfer | undefined> =
  (platform) =>
  ({ caller, beside }) =>
    confirmTransfer(platform, caller, beside);

/** The functions of `TRANSFER` and the web confirmation, whole, with the mailed link followed in between. */
export const transferHandlers = (resources: TestResources) => {
  const operation = assemble(
    walletOperation,
    testFoundation(walletOperation, resources),
    (platform) => {
      const operate = dispatch(createOperations(platform, () => readTickers(platform.tables.market)));
      return async ({ caller, body, origin, locale, idempotency: { record } }) =>
        operate({ caller, body, setting: { origin, locale }, record });
    },
    { once: onceByKey },
  );
  const confirmation = assemble(transferConfirm, testFoundation(transferConfirm, resources), confirm, {
    beside:
      ({ tables }) =>
      ({ query }) =>
        readNamed(tables.ledger, query['balance_audit_id']),
  });
  const ledger = createTable(resources.client, testTable('ledger'));
  const commit = createCommit(resources.client, systemRandom);

  const dataOf = (answer: { readonly body: string }): number => {
    const parsed = made.safeParse(JSON.parse(answer.body));
    if (!parsed.success) throw new Error(`A handler of the bench answered ${answer.body}`);
    return parsed.data.data;
  };

  return {
    send: async (from: Sender, to: Sender, key: string): Promise<number> => {
      const body = JSON.stringify({
        operation: 'TRANSFER',
        fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: 0.01 }],
        receiver: to.username,
        receiverEmail: to.email,
        twoFAcode: from.code(),
      });
      const headers = { token: from.token, 'content-type': 'application/json', 'idempotency-key': key };
      const event = apiEvent({ method: 'POST', path: walletOperation.path, headers, body });
      return dataOf(await operation(event, lambdaContext()));
    },
    followLink: async (id: number): Promise<void> => {
      const transfer = await findTransfer(ledger, id);
      if (!transfer) throw new Error(`Transfer ${id} is not there.`);
      await confirmByMail({ clock: resources.clock, commit, tables: { ledger } }, transfer);
    },
    confirm: async ({ token }: Sender, id: number): Promise<number> => {
      const query = { balance_audit_id: String(id) };
      const event = apiEvent({ method: 'GET', path: transferConfirm.path, headers: { token }, query });
      return dataOf(await confirmation(event, lambdaContext()));
    },
  };
};
