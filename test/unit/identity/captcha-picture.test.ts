import { describe, expect, it } from '@jest/globals';
import * as jpeg from 'jpeg-js';
import { CAPTCHA_ALPHABET, CAPTCHA_LENGTH } from '../../../shared/contracts/captcha.ts';
import { drawCaptcha } from '../../../shared/identity/captcha-picture.ts';
import { seededRandomInt } from '../../support/seeded-random.ts';

const draw = (answer: string, seed: number) => drawCaptcha({ answer, randomInt: seededRandomInt(seed) });

/** Share of pixels as dark as the characters' ink. */
const inkOf = (picture: Uint8Array): number => {
  const { data } = jpeg.decode(picture, { useTArray: true, formatAsRGBA: false });
  return data.filter((grey) => grey < 100).length / data.length;
};

const inkOfCurves = inkOf(draw('', 2));

describe('the alphabet', () => {
  it('has capitals and digits, each once, and none of a pair that people take for one another', () => {
    expect(CAPTCHA_ALPHABET).toMatch(/^[0-9A-Z]+$/);
    expect(new Set(CAPTCHA_ALPHABET).size).toBe(CAPTCHA_ALPHABET.length);
    expect(CAPTCHA_ALPHABET).not.toMatch(/[0DOQ1IJL2Z5S8B6CGVYF7]/);
  });

  it('leaves fewer than one chance in 50 000 for the one guess that a picture allows', () => {
    expect(CAPTCHA_ALPHABET.length ** CAPTCHA_LENGTH).toBeGreaterThan(50_000);
  });
});

describe('drawCaptcha', () => {
  it('gives a JPEG of 200 x 72 pixels and a few kilobytes', () => {
    const picture = draw('3UE9', 1);
    const { width, height } = jpeg.decode(picture, { useTArray: true });
    expect([width, height]).toEqual([200, 72]);
    expect(picture.length).toBeGreaterThan(3000);
    expect(picture.length).toBeLessThan(6000);
  });

  it.each(Array.from(CAPTCHA_ALPHABET))('draws %s: ink where an empty picture has only curves', (character) => {
    expect(inkOf(draw(character.repeat(4), 2))).toBeGreaterThan(inkOfCurves + 0.06);
  });

  it('draws one answer anew each time, and the same with the same random numbers', () => {
    expect(draw('HKM3', 3)).not.toEqual(draw('HKM3', 4));
    expect(draw('HKM3', 3)).toEqual(draw('HKM3', 3));
  });

  it.each([0, 0.5, 1])('draws characters also where every random number is %d of the greatest', (share) => {
    const randomInt = (maxExclusive: number) => Math.floor(share * (maxExclusive - 1));
    expect(inkOf(drawCaptcha({ answer: 'WMNX', randomInt }))).toBeGreaterThan(inkOfCurves + 0.06);
  });

  it('refuses a character without an outline, and does not tell the answer', () => {
    expect(() => draw('3U?9', 1)).toThrow(
      new RangeError('a captcha answer may only hold characters of the captcha alphabet'),
    );
  });
});
