import type { LedgerProblemKind } from '../../contracts/ledger-problems.ts';
import type { Key } from '../../platform/writes.ts';

/** Something that must not be. Names items by their keys, and nobody by name. */
export interface Problem {
  readonly kind: LedgerProblemKind;
  /** The key of the item that it was found at. */
  readonly where: string;
  readonly detail: string;
}

/** A key as people read it. */
export const placeOf = ({ pk, sk }: Key): string => `${pk} / ${sk}`;

export const problemAt = (key: Key, kind: LedgerProblemKind, detail: string): Problem => ({
  kind,
  where: placeOf(key),
  detail,
});
