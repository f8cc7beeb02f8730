import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
// oxlint-disable-next-line import/default -- Node sees the CommonJS build, which has nothing but a default
import opentype, { type Font } from 'opentype.js';
import { CAPTCHA_ALPHABET } from '../shared/contracts/captcha.ts';

const TARGET = new URL('../shared/identity/captcha-glyphs.ts', import.meta.url);

const FONT = '@fontsource/roboto-mono/files/roboto-mono-latin-700-normal.woff';

/** Path data in font units, y upwards: opentype.js draws with y downwards. */
const outlineOf = (font: Font, character: string): string =>
  font
    .charToGlyph(character)
    .getPath(0, 0, font.unitsPerEm)
    .commands.map((command) => {
      if (command.type === 'Z') return '';
      if (command.type === 'C') throw new Error(`${FONT} has cubic curves, which the captcha does not draw.`);
      const to = `${command.x} ${-command.y}`;
      return command.type === 'Q' ? `Q${command.x1} ${-command.y1} ${to}` : `${command.type}${to}`;
    })
    .join('');

/** The source of `shared/identity/captcha-glyphs.ts`: the outlines of the captcha's characters in Roboto Mono Bold. */
export const captchaGlyphsSource = (): string => {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(FONT));
  // oxlint-disable-next-line import/no-named-as-default-member -- as above
  const { parse } = opentype;
  const font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const entries = Array.from(CAPTCHA_ALPHABET).map(
    (character) => `  ['${character}', '${outlineOf(font, character)}'],`,
  );
  return [
    '// Written by `node infra/captcha-glyphs.ts`.',
    '// Outlines of Roboto Mono Bold, Copyright 2015 The Roboto Mono Project Authors, SIL Open Font License 1.1.',
    '',
    '/** Path data (absolute M, L and Q) of each character, in font units (2048 an em, capitals 1456), y upwards. */',
    'export const CAPTCHA_GLYPHS: readonly (readonly [character: string, path: string])[] = [',
    ...entries,
    '];',
    '',
  ].join('\n');
};

if (import.meta.main) writeFileSync(TARGET, captchaGlyphsSource());
