import type { DataOf } from '../../contracts/endpoint.ts';
import type { transferEmailConfirm } from '../../contracts/endpoints/capital/transfer-email-confirm.ts';
import { WalletStatus } from '../../contracts/enums.ts';
import type { Caller } from '../../identity/session-store.ts';
import type { Platform, TableWith } from '../../platform/platform.ts';
import { confirmByMail } from './commands.ts';
import { parseLink, standingOf, type TransferLink } from './link.ts';
import { ownOf } from './own.ts';
import { findTransfer, type Transfer } from './transfer.ts';

type LinkRefusal = 'NOT_FOUND' | 'ILLEGAL_STATE' | 'TRANSFER_LINK_EXPIRED' | 'TRANSFER_LINK_USED';

type Followed =
  | { readonly ok: true; readonly data: DataOf<typeof transferEmailConfirm> }
  | { readonly ok: false; readonly code: LinkRefusal };

/** Reads the transfer that the code of a link names, whoever it belongs to; `undefined` where there is none. */
export const readLinked = async (table: TableWith<'get'>, code: string | undefined): Promise<Transfer | undefined> => {
  const link = code === undefined ? undefined : parseLink(code);
  return link && findTransfer(table, link.id);
};

/** Why a link leads nowhere; `undefined` where the transfer waits for it, or has been confirmed by it. */
const refusalOf = (transfer: Transfer, link: TransferLink, now: number): LinkRefusal | undefined => {
  const standing = standingOf(transfer, link);
  if (standing === 'unknown') return 'NOT_FOUND';
  const { status, expiresAt } = transfer;
  if (status === WalletStatus.COMPLETED) return 'TRANSFER_LINK_USED';
  if (status === WalletStatus.USER_CANCELLED) return 'ILLEGAL_STATE';
  const isOver = status === WalletStatus.EXPIRED || now >= expiresAt;
  return isOver || standing === 'replaced' ? 'TRANSFER_LINK_EXPIRED' : undefined;
};

/**
 * Follows the link of a transfer's mail, which the sender alone can (API 8.5): the transfer waits to be confirmed on the
 * page that the answer leads to. Following it again before that leads there again.
 */
export const followTransferLink = async (
  platform: Platform<(typeof transferEmailConfirm)['uses']>,
  caller: Caller,
  code: string,
  read: Transfer | undefined,
): Promise<Followed> => {
  const link = parseLink(code);
  const transfer = ownOf(caller, read);
  if (!link || !transfer) return { ok: false, code: 'NOT_FOUND' };
  const refusal = refusalOf(transfer, link, platform.clock.now());
  if (refusal) return { ok: false, code: refusal };
  const stepped = await confirmByMail(platform, transfer, link.hash);
  if (stepped.outcome === 'done' || stepped.outcome === 'again') {
    const { id, asset } = stepped.transfer;
    return { ok: true, data: { balance_audit_id: id, coin_id: asset, type: 'confirm' } };
  }
  const overtaken = stepped.outcome === 'refused' && refusalOf(stepped.transfer, link, platform.clock.now());
  return { ok: false, code: overtaken || 'ILLEGAL_STATE' };
};
