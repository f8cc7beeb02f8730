import type { Caller } from '../../identity/session-store.ts';
import type { TableWith } from '../../platform/platform.ts';
import { findTransfer, parseTransferId, type Transfer } from './transfer.ts';

/** Reads the transfer that a client names, whoever it belongs to; `undefined` where there is none. */
export const readNamed = async (table: TableWith<'get'>, id: string | undefined): Promise<Transfer | undefined> => {
  const parsed = id === undefined ? undefined : parseTransferId(id);
  return parsed === undefined ? undefined : findTransfer(table, parsed);
};

/** The transfer if the caller is sending it. Somebody else's is none: nobody learns which ids there are. */
export const ownOf = ({ user }: Caller, transfer: Transfer | undefined): Transfer | undefined =>
  transfer?.senderId === user.userId ? transfer : undefined;
