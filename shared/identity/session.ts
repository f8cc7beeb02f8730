import * as z from 'zod';
import { HOUR, MINUTE } from '../platform/clock.ts';
import { mayLogIn, type User } from './user.ts';

/** Limits of a session, in milliseconds (API chapter 2). */
export const SESSION_LIMITS = {
  idle: HOUR,
  absolute: 24 * HOUR,
  /** How long a session may owe its second factor. */
  pending: 10 * MINUTE,
  /** The least time between two writes of "last seen". */
  slide: MINUTE,
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
