import type { Locale } from '../contracts/locale.ts';

/** Under 70 characters, so that each goes as one message also in Chinese. */
const TEXTS: Readonly<Record<Locale, (code: string) => string>> = {
  'zh-TW': (code) => `您的驗證碼是 ${code}，5 分鐘內有效。請勿提供給任何人。`,
  'zh-CN': (code) => `您的验证码是 ${code}，5 分钟内有效。请勿提供给任何人。`,
  en: (code) => `Your code is ${code}, valid for 5 minutes. Give it to nobody.`,
};

/** The text message that carries a verification code. */
export const verificationText = (code: string, locale: Locale): string => TEXTS[locale](code);
