import type { OperationCode, ValueOf } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import type { Message } from '../mail/notices.ts';
import { enqueue } from '../mail/outbox.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { logEntry, type Origin } from './login-log.ts';
import type { User } from './user.ts';

/** Where a request comes from and in which language its user reads. */
export interface Setting {
  readonly origin: Origin;
  readonly locale: Locale;
}

/** Describes the entry of an action in the user's log. */
export const logged = (
  { tables, clock, random }: Pick<Core, 'clock' | 'random'> & { readonly tables: { readonly users: TableWith<'put'> } },
  user: Pick<User, 'userId'>,
  operationCode: ValueOf<typeof OperationCode>,
  { origin }: Pick<Setting, 'origin'>,
): Write => logEntry(tables.users, { userId: user.userId, operationCode, at: clock.now(), origin }, random);

/** Describes a mail that tells the user of an action; it is sent once the transaction it is part of is done. */
export const notified = (
  {
    tables,
    clock,
    random,
    requestId,
  }: Pick<Core, 'clock' | 'random' | 'requestId'> & { readonly tables: { readonly outbox: TableWith<'put'> } },
  { userId, username, email }: Pick<User, 'userId' | 'username' | 'email'>,
  { locale }: Pick<Setting, 'locale'>,
  message: Message,
): Write =>
  enqueue(
    tables.outbox,
    { random, now: clock.now(), requestId: requestId() },
    { userId, username, to: email, locale, ...message },
  );
