import { HOUR } from '../platform/clock.ts';
import type { User } from './user.ts';

const TAIPEI_OFFSET = 8 * HOUR;

/** `2026-01-01 08:00:00 (UTC+8)`: read alike in every language. */
const inTaipei = (at: number): string =>
  `${new Date(at + TAIPEI_OFFSET).toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`;

/** Until when outgoing money and new API keys wait, in words; `undefined` where nothing is held. */
export const heldUntil = ({ holdUntil }: Pick<User, 'holdUntil'>, now: number): string | undefined =>
  holdUntil === undefined || holdUntil <= now ? undefined : inTaipei(holdUntil);
