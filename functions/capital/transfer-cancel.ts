import { transferCancel } from '../../shared/contracts/endpoints/capital/transfer-cancel.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { readNamed } from '../../shared/ledger/transfer/own.ts';
import { cancelTransfer } from '../../shared/ledger/transfer/cancel.ts';
import type { Transfer } from '../../shared/ledger/transfer/transfer.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

type Named = Transfer | undefined;

const findNamed =
  ({ tables }: EndpointPlatform<(typeof transferCancel)['uses']>): ReadBeside<Named> =>
  ({ query }) =>
    readNamed(tables.ledger, query['id']);

const cancel: Bind<typeof transferCancel, Named> =
  (platform) =>
  ({ caller, beside: transfer }) =>
    cancelTransfer(platform, caller, transfer);

/** `GET /v1/capital/transfer/cancel` */
export const handler = endpointHandler(transferCancel, cancel, { beside: findNamed });
