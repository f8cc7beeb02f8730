import { describe, expect, it } from '@jest/globals';
import { localeOf } from '../../../shared/http/locale.ts';

describe('localeOf', () => {
  it.each([
    ['nothing', undefined, undefined, 'zh-TW'],
    ['lang before the header', { lang: 'en' }, 'zh-CN', 'en'],
    ['an unknown lang falls to the header', { lang: 'fr' }, 'en-GB', 'en'],
    ['a lang that is no string', { lang: 7 }, 'en', 'en'],
    ['an underscore and odd case', { lang: 'ZH_cn' }, undefined, 'zh-CN'],
    ['script subtags', undefined, 'zh-Hans-SG', 'zh-CN'],
    ['traditional script', undefined, 'zh-Hant-HK', 'zh-TW'],
    ['quality decides', undefined, 'en;q=0.2, zh-CN;q=0.9', 'zh-CN'],
    ['q=0 refuses', undefined, 'en;q=0, zh-CN;q=0.1', 'zh-CN'],
    ['nothing offered', undefined, 'fr, de;q=0.9', 'zh-TW'],
    ['noise', undefined, ';;,=,q=', 'zh-TW'],
  ])('%s', (_, body, header, expected) => {
    expect(localeOf(body, { 'accept-language': header })).toBe(expected);
  });
});
