import * as z from 'zod/mini';
import { tallyState } from './user-tally.ts';

/** What DynamoDB takes as part of a key: 1 to so many bytes of text. */
const keyPart = (most: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.refine((text) => text.isWellFormed()),
  );

/** Where a pass over the ledger stopped. */
const cursor = z.object({
  after: z.object({ pk: keyPart(2048), sk: keyPart(1024) }),
  /** What was known of the user in the middle of whose items it stopped. */
  tally: z.nullable(tallyState),
});

export type Cursor = Readonly<z.output<typeof cursor>>;

/** As text that can stand in an address. */
export const cursorText = (at: Cursor): string => {
  const json = JSON.stringify(at, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return Buffer.from(json).toString('base64url');
};

/** Reads a cursor back; `undefined` for what is none. */
export const parseCursor = (text: string): Cursor | undefined => {
  try {
    return cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
};
