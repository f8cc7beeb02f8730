import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captchaGlyphsSource } from '../../infra/captcha-glyphs.ts';
import { CAPTCHA_ALPHABET } from '../../shared/contracts/captcha.ts';
import { CAPTCHA_GLYPHS } from '../../shared/identity/captcha-glyphs.ts';

const TARGET = join(import.meta.dirname, '../../shared/identity/captcha-glyphs.ts');

const withoutLayout = (source: string): string => source.replace(/[\s,]/g, '');

describe('the outlines of the captcha', () => {
  it('are those of the font: else run "node infra/captcha-glyphs.ts"', () => {
    expect(withoutLayout(readFileSync(TARGET, 'utf8'))).toBe(withoutLayout(captchaGlyphsSource()));
  });

  it('are there for every character, with one contour for each hole', () => {
    const contours = new Map(CAPTCHA_GLYPHS.map(([character, path]) => [character, path.split('M').length - 1]));
    expect([...contours.keys()].join('')).toBe(CAPTCHA_ALPHABET);
    expect([contours.get('T'), contours.get('A'), contours.get('9')]).toEqual([1, 2, 2]);
  });
});
