/** What can be wrong with the ledger. Closed: logs, the staff API and its command line name problems by these. */
export const LEDGER_PROBLEM_KINDS = [
  /** An item is not what its key says it is. */
  'unreadable',
  /** The legs of a movement do not sum to zero. */
  'journal-unbalanced',
  /** A leg of a movement has no entry. */
  'entry-missing',
  /** An entry says something else than its leg. */
  'entry-differs',
  /** An entry has no movement, or none that names it. */
  'entry-unfounded',
  /** A balance, or the number of its entries, is not what the entries come to. */
  'balance-differs',
  'balance-negative',
  /** A movement is of nothing that the exchange does. */
  'movement-unknown',
  /** The history lacks a deposit, an adjustment, a conversion or a payment that was booked. */
  'movement-unrecorded',
  /** What was booked for a transfer is not what its status says. */
  'transfer-movements',
  /** Something belongs to a transfer that is not there. */
  'transfer-missing',
  /** An open transfer would never expire. */
  'expiry-missing',
  /** A closed transfer waits to expire. */
  'expiry-superfluous',
  /** The history of a user lacks a transfer. */
  'row-missing',
  /** The history of a user says something else than the transfer or movement. */
  'row-differs',
  /** The history of a user has another amount or price than was booked. */
  'row-amount-differs',
  /** The history of a user has a deposit, an adjustment, a conversion or a payment that was never booked. */
  'row-unfounded',
  /** The history of a user has a transfer that the user was no part of, or did not get. */
  'row-superfluous',
  /** The index of a history counts other rows than there are, by the hour or by the second. */
  'count-differs',
] as const;

export type LedgerProblemKind = (typeof LEDGER_PROBLEM_KINDS)[number];

/** What of the ledger is looked at, as counts name it. */
export const LEDGER_CHECKED = [
  'items',
  'accounts',
  'entries',
  'journals',
  'transfers',
  'expiries',
  'rows',
  'counts',
  /** What changed all the time while it was looked at again; the next pass comes to it anew. */
  'unsettled',
] as const;

export type LedgerChecked = (typeof LEDGER_CHECKED)[number];
