/** The languages that texts for people exist in, the default first. */
export const LOCALES = ['zh-TW', 'zh-CN', 'en'] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = LOCALES[0];

/** One text in every language that is offered. */
export type LocalizedText = Readonly<Record<Locale, string>>;
