import { DEFAULT_LOCALE, type Locale } from '../contracts/locale.ts';

const SIMPLIFIED = /^zh-(cn|sg|my|hans)\b/;

/** The offered language that a tag such as `zh-Hant-TW` or `en_US` stands for, if any. */
const match = (tag: string): Locale | undefined => {
  const normal = tag.trim().toLowerCase().replaceAll('_', '-');
  if (normal === 'en' || normal.startsWith('en-')) return 'en';
  if (SIMPLIFIED.test(normal)) return 'zh-CN';
  return normal === 'zh' || normal.startsWith('zh-') ? 'zh-TW' : undefined;
};

/** Languages of an Accept-Language header, most wanted first; refused ones (q=0) left out. */
const acceptedTags = (header: string): readonly string[] =>
  header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag);

const langField = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'lang' in body && typeof body.lang === 'string' ? body.lang : undefined;

/** The caller's language: the body's `lang`, else Accept-Language, else zh-TW. */
export const localeOf = (body: unknown, headers: Readonly<Record<string, string | undefined>>): Locale => {
  const lang = langField(body);
  const wanted = lang === undefined ? undefined : match(lang);
  const accepted = headers['accept-language'];
  if (wanted !== undefined || accepted === undefined) return wanted ?? DEFAULT_LOCALE;
  return (
    acceptedTags(accepted)
      .map(match)
      .find((locale) => locale !== undefined) ?? DEFAULT_LOCALE
  );
};
