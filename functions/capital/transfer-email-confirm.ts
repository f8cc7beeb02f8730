import { transferEmailConfirm } from '../../shared/contracts/endpoints/capital/transfer-email-confirm.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { followTransferLink, readLinked } from '../../shared/ledger/transfer/email-confirm.ts';
import type { Transfer } from '../../shared/ledger/transfer/transfer.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

type Linked = Transfer | undefined;

const findLinked =
  ({ tables }: EndpointPlatform<(typeof transferEmailConfirm)['uses']>): ReadBeside<Linked> =>
  ({ query }) =>
    readLinked(tables.ledger, query['code']);

const follow: Bind<typeof transferEmailConfirm, Linked> =
  (platform) =>
  ({ caller, query, beside: transfer }) =>
    followTransferLink(platform, caller, query.code, transfer);

/** `GET /v1/validate/emailtransfer` */
export const handler = endpointHandler(transferEmailConfirm, follow, { beside: findLinked });
