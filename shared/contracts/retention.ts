import * as z from 'zod/mini';

/*
 * What is kept of a person, why, and until when. The law, as it stands in 2026:
 *
 * - Personal Data Protection Act (PDPA), article 3: people may have their data erased; article 11 paragraph 3: data go when
 *   their purpose is gone or their time is over, unless they are necessary for business (Enforcement Rules, article 21: a
 *   period of retention that law sets is such a necessity) or the person agreed in writing.
 * - Money Laundering Control Act (MLCA, as amended on 31 July 2024), article 8: what customer due diligence gathered is kept
 *   for at least five years from the end of the business relationship; article 10: records of transactions for at least
 *   five years from the transaction. The regulations for virtual asset services under it add account files and
 *   correspondence (five years from the end of the relationship) and ask that single transactions can be reconstructed;
 *   the registration regulations, article 27: what was held for a customer, five years from the end, and in a dispute
 *   until the dispute is over.
 * - Business Entity Accounting Act, article 38: vouchers five years, books ten years after the year they belong to.
 */

/** Years that the MLCA counts from the end of the business relationship, or from a transaction, which is never later. */
export const RETENTION_YEARS = 5;

/** How long DynamoDB's point-in-time recovery goes back: the most and the default of the service, in days. */
export const BACKUP_DAYS = 35;

/** How long a deleted document can be brought back, in days. */
export const REPLACED_DOCUMENT_DAYS = 30;

/**
 * When something of a person goes:
 * - `at-once`: when erasure is ordered;
 * - `when-due`: five years after the account was closed;
 * - `by-itself`: its time is short whoever asks;
 * - `kept`: it names nobody once the rest is gone, or is evidence that law wants kept.
 */
export type ErasedWhen = 'at-once' | 'when-due' | 'by-itself' | 'kept';

export interface RetentionRule {
  readonly what: string;
  /** Table and sort keys, or bucket and prefix. */
  readonly where: string;
  readonly erased: ErasedWhen;
  /** Why it may go, or by what law it is kept. */
  readonly ground: string;
}

const NO_PURPOSE = 'PDPA art. 11 par. 3: with the account closed it has no purpose';
const MLCA_CDD = 'MLCA art. 8: due diligence, five years from the end of the business relationship';
const MLCA_FILES = 'MLCA art. 8 and the regulations for virtual asset services: account files, five years from the end';

/** Every kind of data about a person. The command, the job that erases and the table of the documentation are read from it. */
export const RETENTION = {
  access: {
    what: 'Password hash, second factor, recovery codes, sessions, API keys',
    where: 'users: USER, FACTOR, SESSION, APIKEYS; APIKEY',
    erased: 'at-once',
    ground: NO_PURPOSE,
  },
  activity: {
    what: 'Log of logins and changes with addresses and browsers, known browsers',
    where: 'users: LOG, BROWSER',
    erased: 'at-once',
    ground: `${NO_PURPOSE}; what is under investigation is kept by a legal hold`,
  },
  drafts: {
    what: 'Identity data that were never verified, documents that were never submitted, uploads under way',
    where: 'kyc: KYC, IMAGE, UPLOAD; documents: identity/, incoming/',
    erased: 'at-once',
    ground: 'PDPA art. 11 par. 3: no relationship was built on them, so the MLCA asks nothing',
  },
  mails: {
    what: 'Mails to the user that wait to be sent; those to others that name the user are sent within days',
    where: 'outbox',
    erased: 'at-once',
    ground: NO_PURPOSE,
  },
  counters: {
    what: 'Counters of logins, codes and requests; answers kept by idempotency key',
    where: 'ephemeral: LOGIN, CODE, QUOTA; ledger: IDEMPOTENCY',
    erased: 'at-once',
    ground: NO_PURPOSE,
  },
  passing: {
    what: 'Digests of texted codes and of links that lock an account; what staff booked alone to the random user id',
    where: 'ephemeral: CODE#SMS, NONCE; users: FREEZE; ledger: ALONE',
    erased: 'by-itself',
    ground: 'They hold nothing of the person, and lapse within seven days',
  },
  account: {
    what: 'Username, e-mail address, language, dates and levels; both names stay taken until then',
    where: 'users: USER, USERNAME, EMAIL',
    erased: 'when-due',
    ground: MLCA_FILES,
  },
  identity: {
    what: 'Name, birthday, identity and phone number, answers, bank accounts, documents, fingerprints of both numbers',
    where: 'kyc: KYC, IMAGE, BANK_ACCOUNT, IDENTITY, PHONE, REVIEW, SCREENING; documents: identity/',
    erased: 'when-due',
    ground: MLCA_CDD,
  },
  transactions: {
    what: 'Names and addresses in transfers and histories, references of payments, also in the histories of the other side',
    where: 'ledger: TRANSFER, ROW',
    erased: 'when-due',
    ground: 'MLCA art. 10: records of transactions, five years, such that each can be reconstructed',
  },
  books: {
    what: 'Entries, journals, balances and counts under the random user id',
    where: 'ledger: ENTRY, JOURNAL, ACCOUNT, COUNT, FINE, SPENT',
    erased: 'kept',
    ground: 'Business Entity Accounting Act art. 38: ten years; with all the rest gone the id names nobody',
  },
  audit: {
    what: 'What staff did: user id, username, masks of numbers, references of payments, reasons as staff wrote them',
    where: 'audit, and its archive under Object Lock',
    erased: 'kept',
    ground: 'PDPA Enforcement Rules art. 12: usage records and evidence; as long as the stage locks its archive',
  },
  backups: {
    what: 'Copies of what was erased: point-in-time recovery, old versions of documents, logs of the gateway',
    where: 'DynamoDB, S3, CloudWatch',
    erased: 'by-itself',
    ground: `They lapse after ${BACKUP_DAYS} days, ${REPLACED_DOCUMENT_DAYS} days and the log retention of the stage; a restore is followed by every erasure since`,
  },
} as const satisfies Record<string, RetentionRule>;

export type RetentionCategory = keyof typeof RETENTION;

const isCategory = (name: string): name is RetentionCategory => Object.hasOwn(RETENTION, name);

export const RETENTION_CATEGORIES: readonly RetentionCategory[] = Object.keys(RETENTION).filter(isCategory);

/** Until when what is due later is kept: the same day, five years on (29 February becomes 1 March), in epoch milliseconds. */
export const keepUntil = (closedAt: number): number => {
  const date = new Date(closedAt);
  return date.setUTCFullYear(date.getUTCFullYear() + RETENTION_YEARS);
};

/** Why nothing is erased yet. */
export const erasureObstacle = z.enum([
  /** The status is not Deleted (5): the account is open, or frozen for another reason. */
  'not-closed',
  /** Staff put a legal hold on the user. */
  'legal-hold',
  /** Something is available or frozen on some account. An open transfer is what keeps money frozen. */
  'balance',
]);

export type ErasureObstacle = z.output<typeof erasureObstacle>;
