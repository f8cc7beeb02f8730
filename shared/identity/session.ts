import * as z from 'zod/mini';
import { HOUR, MINUTE } from '../platform/clock.ts';
import { mayLogIn, type User } from './user.ts';

/** Limits of a session (API chapter 2 and 4.6); times in milliseconds. */
export const SESSION_LIMITS = {
  idle: HOUR,
  absolute: 24 * HOUR,
  /** How long a session may owe its second factor. */
  pending: 10 * MINUTE,
  /** The least time between two writes of "last seen". */
  slide: MINUTE,
  /** How long the second factor, given again, stands for sensitive actions. */
  reauthenticated: 5 * MINUTE,
  /** Wrong old passwords in a row that end the session. */
  wrongPasswords: 5,
} as const;

export const sessionItem = z.object({
  sessionId: z.string(),
  userId: z.string(),
  createdAt: z.int(),
  lastSeenAt: z.int(),
  pending: z.boolean(),
  epoch: z.int(),
  ip: z.string(),
  userAgent: z.string(),
  /** When the second factor was last given for a sensitive action. */
  reauthenticatedAt: z.optional(z.int()),
  /** Wrong old passwords in a row, given to change the password. */
  wrongPasswords: z.optional(z.int()),
});

export type Session = z.output<typeof sessionItem>;

/** When the session ends if it is not used again, in epoch milliseconds. */
export const endOf = (session: Pick<Session, 'createdAt' | 'lastSeenAt' | 'pending'>): number =>
  session.pending
    ? session.createdAt + SESSION_LIMITS.pending
    : Math.min(session.createdAt + SESSION_LIMITS.absolute, session.lastSeenAt + SESSION_LIMITS.idle);

/** Whether the session is good now, for this user as the user is now. */
export const isAlive = (session: Session, user: User, now: number): boolean =>
  now < endOf(session) && session.epoch === user.sessionEpoch && mayLogIn(user);

/** Whether it is time to write "last seen" again. A pending session does not slide. */
export const isDueToSlide = (session: Session, now: number): boolean =>
  !session.pending && now - session.lastSeenAt >= SESSION_LIMITS.slide;

/** Whether the second factor was given again within the last 5 minutes. */
export const isReauthenticated = (session: Session, now: number): boolean =>
  session.reauthenticatedAt !== undefined && now < session.reauthenticatedAt + SESSION_LIMITS.reauthenticated;
