import * as z from 'zod/mini';
import { API_KEY_SCOPES } from '../contracts/api-key-scopes.ts';
import { KycImageType } from '../contracts/enums.ts';
import { LOCALES } from '../contracts/locale.ts';

/** Epoch milliseconds. */
const time = z.int().check(z.nonnegative());

/** What went on, and until when money does not leave the account because of it. */
const held = z.object({ at: time, holdUntil: time });

const happened = z.object({ at: time });

/** The levels that staff decide on. */
const level = z.literal([1, 2, 3]);

/** A document that has to be sent again, and why, in the words of staff. */
const rejectedImage = z.object({ type: z.literal(Object.values(KycImageType)), reason: z.string() });

export type RejectedImage = Readonly<z.output<typeof rejectedImage>>;

/** Money between users: `amount` as a plain decimal, `at` when the mail's reason came about. */
const transfer = { at: time, transferId: z.int(), amount: z.string(), asset: z.string() } as const;

/**
 * Every mail that follows a commit: what it is about, and the facts that it states. Closed on purpose. None of them is
 * secret: codes and links are made when the mail is sent.
 */
const FACTS = {
  /** The first code of a registration. */
  verification: z.object({}),
  /** From a browser not seen before. `browser` and `os` as the login log has them. */
  'new-sign-in': z.object({ browser: z.string(), os: z.string(), ip: z.string(), at: time }),
  'password-changed': held,
  /** By a mailed code. */
  'password-reset': held,
  'factor-bound': happened,
  'factor-unbound': held,
  /** By staff. */
  'factor-reset': held,
  /** `left`: how many are still good. */
  'recovery-code-used': z.object({ at: time, left: z.int().check(z.nonnegative()) }),
  /** `label` as the user named it. */
  'api-key-made': z.object({
    at: time,
    label: z.string(),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    expiresAt: time,
  }),
  'account-locked': happened,
  'kyc-approved': z.object({ at: time, level }),
  /** Level 1: what was passed is to be filled in again. Levels 2 and 3: the images named are to be sent again. */
  'kyc-rejected': z.object({ at: time, level, reason: z.string(), images: z.array(rejectedImage) }),
  /** To the sender, with the link that confirms it. */
  'transfer-requested': z.object({ ...transfer, receiver: z.string(), expiresAt: time }),
  /** To the receiver. */
  'transfer-received': z.object({ ...transfer, sender: z.string() }),
  /** To the sender, whose money is back. */
  'transfer-expired': z.object({ ...transfer, receiver: z.string() }),
  /** `amount` as a plain decimal. */
  'deposit-received': z.object({ at: time, amount: z.string(), asset: z.string() }),
} as const;

export type NoticeKind = keyof typeof FACTS;

/** The facts of each kind. */
export type Facts = { readonly [K in NoticeKind]: Readonly<z.output<(typeof FACTS)[K]>> };

/** Whom a mail is for. */
const RECIPIENT = { userId: z.string(), username: z.string(), to: z.string(), locale: z.enum(LOCALES) } as const;

const recipient = z.object(RECIPIENT);

export type Recipient = Readonly<z.output<typeof recipient>>;

/** What a mail is about, whoever gets it. */
export type Message = { [K in NoticeKind]: { readonly kind: K; readonly facts: Facts[K] } }[NoticeKind];

/** A mail to be sent. */
export type Notice = Recipient & Message;

const schemaOf = <K extends NoticeKind>(kind: K) =>
  z.object({ ...RECIPIENT, kind: z.literal(kind), facts: FACTS[kind] });

/** Reads a notice back from where it was kept. */
export const noticeSchema = z.discriminatedUnion('kind', [
  schemaOf('verification'),
  schemaOf('new-sign-in'),
  schemaOf('password-changed'),
  schemaOf('password-reset'),
  schemaOf('factor-bound'),
  schemaOf('factor-unbound'),
  schemaOf('factor-reset'),
  schemaOf('recovery-code-used'),
  schemaOf('api-key-made'),
  schemaOf('account-locked'),
  schemaOf('kyc-approved'),
  schemaOf('kyc-rejected'),
  schemaOf('deposit-received'),
  schemaOf('transfer-requested'),
  schemaOf('transfer-received'),
  schemaOf('transfer-expired'),
]);

const isKind = (name: string): name is NoticeKind => Object.hasOwn(FACTS, name);

export const NOTICE_KINDS: readonly NoticeKind[] = Object.keys(FACTS).filter(isKind);

const WITHOUT_LINK: ReadonlySet<NoticeKind> = new Set([
  'verification',
  'account-locked',
  'kyc-approved',
  'kyc-rejected',
  'deposit-received',
  'transfer-received',
  'transfer-expired',
]);

/** Whether the mail carries the link that says "this was not me" and locks the account. */
export const hasFreezeLink = (kind: NoticeKind): boolean => !WITHOUT_LINK.has(kind);

/** How long that link is good, from the moment the mail is sent. Mails say it in days. */
export const FREEZE_LINK_DAYS = 7;
