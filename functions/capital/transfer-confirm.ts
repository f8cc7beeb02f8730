import { transferConfirm } from '../../shared/contracts/endpoints/capital/transfer-confirm.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { readNamed } from '../../shared/ledger/transfer/own.ts';
import { confirmTransfer } from '../../shared/ledger/transfer/confirm.ts';
import type { Transfer } from '../../shared/ledger/transfer/transfer.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

type Named = Transfer | undefined;

const findNamed =
  ({ tables }: EndpointPlatform<(typeof transferConfirm)['uses']>): ReadBeside<Named> =>
  ({ query }) =>
    readNamed(tables.ledger, query['balance_audit_id']);

const confirm: Bind<typeof transferConfirm, Named> =
  (platform) =>
  ({ caller, beside: transfer }) =>
    confirmTransfer(platform, caller, transfer);

/** `GET /v1/validate/transfer_confirm` */
export const handler = endpointHandler(transferConfirm, confirm, { beside: findNamed });
