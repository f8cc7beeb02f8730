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

/** Puts a notice into words. `freezeUrl`: the link that locks the account, in notices that have one. */
export const noticeMail = (notice: Extract<Notice, { kind: WordedKind }>, freezeUrl: string | undefined): Mail => {
  const { to, locale, username } = notice;
  const { greeting, said, notMe, footer } = WORDINGS[locale];
  const link = freezeUrl === undefined ? undefined : { ...notMe, url: freezeUrl };
  return layOut(to, locale, { ...say(said, notice.kind, notice.facts), greeting: greeting(username), link, footer });
};
