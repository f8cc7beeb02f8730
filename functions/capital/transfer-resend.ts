import { transferResend } from '../../shared/contracts/endpoints/capital/transfer-resend.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { readNamed } from '../../shared/ledger/transfer/own.ts';
import { resendTransferMail } from '../../shared/ledger/transfer/resend.ts';
import type { Transfer } from '../../shared/ledger/transfer/transfer.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

type Named = Transfer | undefined;

const findNamed =
  ({ tables }: EndpointPlatform<(typeof transferResend)['uses']>): ReadBeside<Named> =>
  ({ query }) =>
    readNamed(tables.ledger, query['balance_audit_id']);

const resend: Bind<typeof transferResend, Named> =
  (platform) =>
  ({ caller, locale, beside: transfer }) =>
    resendTransferMail(platform, caller, transfer, { locale });

/** `GET /v1/validate/emailtransfer_resend` */
export const handler = endpointHandler(transferResend, resend, { beside: findNamed });
