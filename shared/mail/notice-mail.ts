import type { Locale } from '../contracts/locale.ts';
import type { Mail } from '../platform/mailer.ts';
import { layOut } from './layout.ts';
import type { Facts, Notice } from './notices.ts';
import type { Said, Saying, WordedKind, Wording } from './wording.ts';
import { ENGLISH } from './wording-en.ts';
import { SIMPLIFIED } from './wording-zh-cn.ts';
import { TRADITIONAL } from './wording-zh-tw.ts';

const WORDINGS: Readonly<Record<Locale, Wording>> = { 'zh-TW': TRADITIONAL, 'zh-CN': SIMPLIFIED, en: ENGLISH };

const say = <K extends WordedKind>(said: Said, kind: K, facts: Facts[K]): Saying => said[kind](facts);

/** The links of a notice: the one that locks the account, and the one that the mail is there for, where it has them. */
export interface NoticeLinks {
  readonly freeze?: string | undefined;
  readonly action?: string | undefined;
}

/** Puts a notice into words. */
export const noticeMail = (notice: Extract<Notice, { kind: WordedKind }>, links: NoticeLinks): Mail => {
  const { to, locale, username } = notice;
  const { greeting, said, notMe, footer } = WORDINGS[locale];
  const { action, notMeHint = notMe.hint, ...saying } = say(said, notice.kind, notice.facts);
  return layOut(to, locale, {
    ...saying,
    greeting: greeting(username),
    action: action && links.action !== undefined ? { ...action, url: links.action } : undefined,
    link: links.freeze === undefined ? undefined : { hint: notMeHint, label: notMe.label, url: links.freeze },
    footer,
  });
};
