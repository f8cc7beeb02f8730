import * as z from 'zod/mini';
import type { Fingerprint } from '../platform/fingerprints.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';

/*
 * One identity number, one user; one phone, one user: whoever owns the guard item of a fingerprint owns the number. It
 * is put in the transaction that passes level 1 and taken away when the user passes it with another one, or by staff.
 */

const guardItem = z.object({ userId: z.string() });

export const identityGuard = ({ version, mac }: Fingerprint): Key => ({
  pk: `IDENTITY#${version}#${mac}`,
  sk: 'GUARD',
});
export const phoneGuard = ({ version, mac }: Fingerprint): Key => ({ pk: `PHONE#${version}#${mac}`, sk: 'GUARD' });

/** The id of the user who has the number; `undefined` when nobody has. */
export const ownerOf = async (table: TableWith<'get'>, guard: Key): Promise<string | undefined> => {
  const item = await table.get(guard);
  return item && guardItem.parse(item).userId;
};

/** Describes that the user has the number from now on; refused when another one has it. */
export const takeGuard = (table: TableWith<'put'>, guard: Key, userId: string): Write =>
  table.put(
    { ...guard, userId },
    { condition: 'attribute_not_exists(pk) OR userId = :userId', values: { ':userId': userId } },
  );

/** Describes that the number is free from now on; refused when it is not the user's. */
export const dropGuard = (table: TableWith<'delete'>, guard: Key, userId: string): Write =>
  table.delete(guard, { condition: 'userId = :userId', values: { ':userId': userId } });
