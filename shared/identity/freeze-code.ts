import * as z from 'zod/mini';
import { FREEZE_LINK_DAYS } from '../mail/notices.ts';
import { DAY, timeToLive } from '../platform/clock.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import { ABSENT, type Key, type Write } from '../platform/writes.ts';

/** Bytes of a code: nobody guesses 256 random bits, so it needs neither salt nor a limit on tries. */
const CODE_BYTES = 32;

/** The code lies in no table: whoever reads one cannot lock accounts. */
export const freezeCodeKey = (code: string): Key => ({ pk: `FREEZE#${sha256(code)}`, sk: 'FREEZE' });

/** Makes the code of a link that locks the user's account. Earlier ones stay good until they expire. */
export const newFreezeCode = (
  table: TableWith<'put'>,
  random: Random,
  now: number,
  userId: string,
): { readonly code: string; readonly write: Write } => {
  const code = Buffer.from(random.bytes(CODE_BYTES)).toString('base64url');
  const expiresAt = now + FREEZE_LINK_DAYS * DAY;
  const write = table.put({ ...freezeCodeKey(code), userId, expiresAt, ttl: timeToLive(expiresAt) }, ABSENT);
  return { code, write };
};

const freezeItem = z.object({ userId: z.string(), expiresAt: z.int(), usedAt: z.optional(z.int()) });

export type FreezeCode = z.output<typeof freezeItem>;

/** What a code stands for; `undefined` for an unknown one and for one whose time is over. */
export const findFreezeCode = async (
  table: TableWith<'get'>,
  code: string,
  now: number,
): Promise<FreezeCode | undefined> => {
  const item = await table.get(freezeCodeKey(code));
  const found = item && freezeItem.parse(item);
  return found && now < found.expiresAt ? found : undefined;
};

/** Spends the code; refused when it was spent meanwhile. */
export const spendFreezeCode = (table: TableWith<'update'>, code: string, now: number): Write =>
  table.update(freezeCodeKey(code), {
    update: 'SET usedAt = :now',
    condition: 'attribute_exists(pk) AND attribute_not_exists(usedAt)',
    values: { ':now': now },
  });
