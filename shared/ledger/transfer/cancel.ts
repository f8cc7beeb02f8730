import type { transferCancel } from '../../contracts/endpoints/capital/transfer-cancel.ts';
import type { Caller } from '../../identity/session-store.ts';
import type { Platform } from '../../platform/platform.ts';
import { closeTransfer } from './commands.ts';
import { ownOf } from './own.ts';
import type { Transfer } from './transfer.ts';

type Cancelled =
  | { readonly ok: true; readonly data: null }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' };

/** Takes a transfer back that is not confirmed yet; its money can be used again (API 8.2). */
export const cancelTransfer = async (
  platform: Platform<(typeof transferCancel)['uses']>,
  caller: Caller,
  read: Transfer | undefined,
): Promise<Cancelled> => {
  const transfer = ownOf(caller, read);
  if (!transfer) return { ok: false, code: 'NOT_FOUND' };
  const { outcome } = await closeTransfer(platform, transfer, 'cancel', () => ({}));
  return outcome === 'done' || outcome === 'again' ? { ok: true, data: null } : { ok: false, code: 'ILLEGAL_STATE' };
};
