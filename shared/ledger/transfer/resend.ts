import type { transferResend } from '../../contracts/endpoints/capital/transfer-resend.ts';
import { WalletStatus } from '../../contracts/enums.ts';
import type { Setting } from '../../identity/acting.ts';
import type { Caller } from '../../identity/session-store.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { Platform, TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import type { RecordId } from '../record-id.ts';
import { askToConfirm } from './mails.ts';
import { ownOf } from './own.ts';
import { decide } from './states.ts';
import { parseTransfer, type Transfer, transferKey } from './transfer.ts';

/** How often and how soon the mail can be asked for again (API 8.3). */
const RESENDS = { most: 5, pause: MINUTE } as const;

type Resent =
  | { readonly ok: true; readonly data: RecordId }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'UPDATE_FAILED' }
  | { readonly ok: false; readonly code: 'RESEND_LIMIT'; readonly params: { readonly times: string } }
  | {
      readonly ok: false;
      readonly code: 'RATE_LIMITED';
      readonly retryAfter: number;
      readonly params: { readonly seconds: string };
    };

type Refusal = Extract<Resent, { readonly ok: false }>;

/** Why a transfer's mail cannot be sent again now; `undefined` where it can. */
const refusalOf = (transfer: Transfer, now: number): Refusal | undefined => {
  const { resends, resentAt } = transfer;
  if (!decide(transfer, 'resend', now).allowed) return { ok: false, code: 'ILLEGAL_STATE' };
  if (resends >= RESENDS.most) return { ok: false, code: 'RESEND_LIMIT', params: { times: String(RESENDS.most) } };
  if (resentAt === undefined || now >= resentAt + RESENDS.pause) return undefined;
  const retryAfter = Math.ceil((resentAt + RESENDS.pause - now) / SECOND);
  return { ok: false, code: 'RATE_LIMITED', retryAfter, params: { seconds: String(retryAfter) } };
};

/**
 * Counts a mail that is sent again, and makes the link of before worthless. Refused where another was asked for since,
 * or another link was made, or the transfer waits for none any more.
 */
const countResend = (table: TableWith<'update'>, { id, resends, linkHash }: Transfer, now: number): Write =>
  table.update(transferKey(id), {
    update: `SET resends = :next, resentAt = :now REMOVE linkHash${linkHash === undefined ? '' : ' ADD deadLinks :old'}`,
    condition: `#status = :pending AND expiresAt > :now AND resends = :seen AND ${
      linkHash === undefined ? 'attribute_not_exists(linkHash)' : 'linkHash = :link'
    }`,
    names: { '#status': 'status' },
    values: {
      ':next': resends + 1,
      ':now': now,
      ':pending': WalletStatus.PENDING,
      ':seen': resends,
      ...(linkHash !== undefined && { ':link': linkHash, ':old': new Set([linkHash]) }),
    },
  });

/** Tries while the mail of before gets its link. */
const TRIES = 3;

/** Mails the sender a new link (API 8.3); the old one is dead, the deadline stays. */
export const resendTransferMail = async (
  platform: Platform<(typeof transferResend)['uses']>,
  caller: Caller,
  read: Transfer | undefined,
  { locale }: Pick<Setting, 'locale'>,
): Promise<Resent> => {
  const { tables, clock, commit } = platform;
  let transfer = ownOf(caller, read);
  if (!transfer) return { ok: false, code: 'NOT_FOUND' };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = clock.now();
    const refusal = refusalOf(transfer, now);
    if (refusal) return refusal;
    const result = await commit([countResend(tables.ledger, transfer, now), askToConfirm(platform, transfer, locale)]);
    if (result.committed) return { ok: true, data: transfer.id };
    const present = parseTransfer(result.refusals[0]?.item);
    if (!present) break;
    transfer = present;
  }
  return { ok: false, code: 'UPDATE_FAILED' };
};
