import type { LogFields } from '../platform/log-messages.ts';
import type { Mail, Mailer } from '../platform/mailer.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import type { Key } from '../platform/writes.ts';
import { noticeMail } from './notice-mail.ts';
import { hasFreezeLink, type Notice } from './notices.ts';
import {
  GIVE_UP_AFTER,
  isFree,
  lease,
  type MailState,
  park,
  type ParkedFor,
  pauseAfter,
  queuedMailOf,
  release,
} from './queued-mail.ts';
import { verificationMail } from './verification-mail.ts';

/** When a mail was queued, in epoch milliseconds, and whether nobody has tried to send it before. */
export interface Attempt {
  readonly queuedAt: number;
  readonly isFirst: boolean;
}

/** Makes what is secret in a mail at the moment it is sent. Each attempt gets its own. */
export interface MailSecrets {
  /** The first code of a registration; `undefined` when the user does not need it any more. */
  readonly verificationCode: (userId: string, attempt: Attempt) => Promise<string | undefined>;
  /** Called when that code could not be mailed. */
  readonly codeNotSent: (userId: string) => Promise<void>;
  /** The link that locks the user's account. */
  readonly freezeUrl: (userId: string) => Promise<string>;
  /** The link that confirms a transfer; `undefined` when the transfer does not wait for it any more. */
  readonly transferUrl: (transferId: number) => Promise<string | undefined>;
}

/**
 * What became of a mail:
 * - `sent`, or `dropped` because nobody needs it any more: it is gone now;
 * - `gone` before, or `taken` by another sender or for later: nothing to do;
 * - `postponed` after a failure that may pass;
 * - `parked`, now or before: nobody will send it until somebody has looked.
 */
export type Delivered = 'sent' | 'dropped' | 'gone' | 'taken' | 'postponed' | 'parked';

/** Delivers the queued mail under a key, if it is there and free. Throws when the store fails; the mail stays then. */
export type Deliver = (key: Key) => Promise<Delivered>;

export type DeliveryPlatform = Core & {
  readonly mailer: Mailer;
  readonly tables: { readonly outbox: TableWith<'get' | 'update' | 'delete'> };
};

const compose = async (notice: Notice, attempt: Attempt, secrets: MailSecrets): Promise<Mail | undefined> => {
  if (notice.kind === 'verification') {
    const code = await secrets.verificationCode(notice.userId, attempt);
    return code === undefined ? undefined : verificationMail({ ...notice, email: notice.to }, code, notice.locale);
  }
  const confirms = notice.kind === 'transfer-requested';
  const action = confirms ? await secrets.transferUrl(notice.facts.transferId) : undefined;
  if (confirms && action === undefined) return undefined;
  const freeze = hasFreezeLink(notice.kind) ? await secrets.freezeUrl(notice.userId) : undefined;
  return noticeMail(notice, { freeze, action });
};

/**
 * Delivers queued mails, each by one sender at a time: it is taken by a condition on the item, sent, and deleted. A
 * sender that dies in between leaves it to whoever comes after the lease, and has cost one duplicate at most.
 */
export const createDelivery = (platform: DeliveryPlatform, secrets: MailSecrets): Deliver => {
  const { tables, clock, random, log, commit, mailer } = platform;

  const setAside = async (key: Key, why: ParkedFor, about: LogFields): Promise<Delivered> => {
    await commit([park(tables.outbox, key, why, clock.now())]);
    log('MAIL_PARKED', about, { MailsParked: 1 });
    return 'parked';
  };

  const postpone = async (key: Key, { at, attempts }: MailState, about: LogFields): Promise<Delivered> => {
    const now = clock.now();
    if (now - at >= GIVE_UP_AFTER) return setAside(key, 'unsendable', about);
    const taken = attempts + 1;
    await commit([release(tables.outbox, key, { taken, nextAttemptAt: now + pauseAfter(taken, random) })]);
    log('MAIL_POSTPONED', about, { MailsPostponed: 1 });
    return 'postponed';
  };

  const send = async (key: Key, state: MailState, notice: Notice): Promise<Delivered> => {
    const mail = await compose(notice, { queuedAt: state.at, isFirst: state.attempts === 0 }, secrets);
    const about = { mail: key.sk, originRequestId: state.requestId };
    const outcome = mail ? await mailer.send(mail, about) : 'dropped';
    if (outcome === 'sent') log('MAIL_SENT', about, { MailsSent: 1, MailDelay: clock.now() - state.at });
    if (outcome === 'sent' || outcome === 'dropped') {
      await commit([tables.outbox.delete({ pk: key.pk, sk: key.sk })]);
      return outcome;
    }
    if (notice.kind === 'verification') await secrets.codeNotSent(notice.userId);
    return outcome === 'refused' ? setAside(key, 'unsendable', about) : postpone(key, state, about);
  };

  return async (key) => {
    const item = await tables.outbox.get(key);
    if (!item) return 'gone';
    const queued = queuedMailOf(item);
    if (queued.is === 'parked') return 'parked';
    if (queued.is === 'unreadable') return setAside(key, 'unreadable', { mail: key.sk });
    const now = clock.now();
    if (!isFree(queued.state, now)) return 'taken';
    const leased = await commit([lease(tables.outbox, key, queued.state, now)]);
    return leased.committed ? send(key, queued.state, queued.notice) : 'taken';
  };
};
