import { WalletStatus } from '../../contracts/enums.ts';
import { equalInConstantTime, sha256 } from '../../platform/digest.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import type { Random } from '../../platform/random.ts';
import { StoreBusyError } from '../../platform/table.ts';
import type { Write } from '../../platform/writes.ts';
import type { RecordId } from '../record-id.ts';
import { findTransfer, parseTransferId, type Transfer, transferKey } from './transfer.ts';

/** Bytes of a link's secret: nobody guesses 256 random bits, so it needs neither salt nor a limit on tries. */
const SECRET_BYTES = 32;

const CODE = /^(\d{1,16})-([\w-]{43})$/;

/** What a mailed link carries: which transfer, and a secret whose hash the transfer keeps. */
export interface TransferLink {
  readonly id: RecordId;
  readonly hash: string;
}

const newSecret = (random: Random): string => Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url');

/** Reads the code of a link; `undefined` for what is none. */
export const parseLink = (code: string): TransferLink | undefined => {
  const [, digits = '', secret = ''] = CODE.exec(code) ?? [];
  const id = parseTransferId(digits);
  return id === undefined ? undefined : { id, hash: sha256(secret) };
};

/** Which of a transfer's links this is: the newest, one that another has taken the place of, or none of its. */
export const standingOf = (
  { linkHash, deadLinks }: Pick<Transfer, 'linkHash' | 'deadLinks'>,
  { hash }: TransferLink,
): 'newest' | 'replaced' | 'unknown' => {
  if (linkHash !== undefined && equalInConstantTime(linkHash, hash)) return 'newest';
  return deadLinks?.has(hash) ? 'replaced' : 'unknown';
};

/** Describes a new link, which takes the place of the one before; refused when the transfer waits for none any more. */
const putLink = (table: TableWith<'update'>, { id, linkHash }: Transfer, hash: string, now: number): Write =>
  table.update(transferKey(id), {
    update: `SET linkHash = :new${linkHash === undefined ? '' : ' ADD deadLinks :old'}`,
    condition:
      '#status = :pending AND expiresAt > :now AND ' +
      (linkHash === undefined ? 'attribute_not_exists(linkHash)' : 'linkHash = :seen'),
    names: { '#status': 'status' },
    values: {
      ':new': hash,
      ':pending': WalletStatus.PENDING,
      ':now': now,
      ...(linkHash !== undefined && { ':seen': linkHash, ':old': new Set([linkHash]) }),
    },
  });

export interface LinkPlatform extends Pick<Core, 'clock' | 'random' | 'commit'> {
  readonly tables: { readonly ledger: TableWith<'get' | 'update'> };
}

/** Tries while other mails of the same transfer get their links: there are never more than a few. */
const LINK_TRIES = 4;

/** Makes the links of mails at the moment they are sent. `publicUrl` as the stage has it, without a slash at its end. */
export const createTransferUrl =
  ({ tables, clock, random, commit }: LinkPlatform, publicUrl: string) =>
  async (id: RecordId): Promise<string | undefined> => {
    for (let tries = 0; tries < LINK_TRIES; tries += 1) {
      const transfer = await findTransfer(tables.ledger, id);
      if (transfer?.status !== WalletStatus.PENDING || clock.now() >= transfer.expiresAt) return undefined;
      const secret = newSecret(random);
      const { committed } = await commit([putLink(tables.ledger, transfer, sha256(secret), clock.now())]);
      if (committed) return `${publicUrl}/v1/validate/emailtransfer?code=${id}-${secret}`;
    }
    throw new StoreBusyError('The link of a transfer was changed underneath at every try. Try again.');
  };
