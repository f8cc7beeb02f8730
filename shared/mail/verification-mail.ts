import type { Locale } from '../contracts/locale.ts';
import type { Mail } from '../platform/mailer.ts';
import { layOut, type MailContent } from './layout.ts';

type Write = (username: string, code: string) => MailContent;

const CONTENT: Readonly<Record<Locale, Write>> = {
  'zh-TW': (username, code) => ({
    subject: '您的驗證碼',
    greeting: `${username} 您好，您的驗證碼是：`,
    code,
    paragraphs: ['驗證碼 5 分鐘內有效，且只能使用一次。請勿將驗證碼提供給任何人，我們的人員也不會向您索取。'],
    footer: '若您並未提出此要求，請忽略這封郵件。',
  }),
  'zh-CN': (username, code) => ({
    subject: '您的验证码',
    greeting: `${username} 您好，您的验证码是：`,
    code,
    paragraphs: ['验证码 5 分钟内有效，且只能使用一次。请勿将验证码提供给任何人，我们的人员也不会向您索取。'],
    footer: '若您并未提出此请求，请忽略这封邮件。',
  }),
  en: (username, code) => ({
    subject: 'Your verification code',
    greeting: `Hello ${username}, your verification code is:`,
    code,
    paragraphs: ['The code is valid for 5 minutes and works once. Give it to nobody; our staff never ask for it.'],
    footer: 'If you did not ask for this, ignore this e-mail.',
  }),
};

/** The mail that carries a verification code. */
export const verificationMail = (
  user: { readonly username: string; readonly email: string },
  code: string,
  locale: Locale,
): Mail => layOut(user.email, locale, CONTENT[locale](user.username, code));
