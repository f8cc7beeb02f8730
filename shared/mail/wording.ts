import type { MailContent, MailLink } from './layout.ts';
import type { Facts, NoticeKind } from './notices.ts';

/** The kinds that are put into words here; codes have a mail of their own. */
export type WordedKind = Exclude<NoticeKind, 'verification'>;

/** What each notice says beside greeting, link and footer. */
export type Said = { readonly [K in WordedKind]: (facts: Facts[K]) => Saying };

export interface Saying extends Pick<MailContent, 'subject' | 'paragraphs' | 'details'> {
  /** What is said of the link that the mail is there for, in mails that have one. */
  readonly action?: Omit<MailLink, 'url'>;
  /** What is said of the link that locks the account, where that is not what other mails say. */
  readonly notMeHint?: string;
}

/** Everything that mails say in one language. */
export interface Wording {
  readonly greeting: (username: string) => string;
  readonly said: Said;
  readonly notMe: Omit<MailLink, 'url'>;
  readonly footer: string;
}
