import type { LocalizedText } from '../locale.ts';

/** A text in the three languages, its literal types kept so that placeholders can be read from the type. */
export const text = <const Tw extends string, const Cn extends string, const En extends string>(
  tw: Tw,
  cn: Cn,
  en: En,
) => ({ 'zh-TW': tw, 'zh-CN': cn, en }) as const satisfies LocalizedText;
