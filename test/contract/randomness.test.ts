import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomDigits, randomId, systemRandom } from '../../shared/platform/random.ts';

const ROOT = join(import.meta.dirname, '../..');

const sources = globSync(['functions/**/*.ts', 'shared/**/*.ts'], { cwd: ROOT }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** The files that match. */
const filesWith = (pattern: RegExp): readonly string[] =>
  sources.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8'))).toSorted();

describe('randomness', () => {
  it('is never that of Math.random, nor of a library of its own', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(filesWith(/\bMath\s*\.\s*random\b/)).toEqual([]);
    expect(filesWith(/from '(?:uuid|nanoid|crypto-random-string|seedrandom|[^']*mersenne[^']*)'/)).toEqual([]);
  });

  it('comes from the CSPRNG of node:crypto, in one place, which is what functions are given', () => {
    expect(filesWith(/import \{[^}]*\brandom\w*[^}]*\} from 'node:crypto'/)).toEqual(['shared/platform/random.ts']);
    // What runs elsewhere takes that of WebCrypto.
    expect(filesWith(/\w*crypto\s*\.\s*(?:random|getRandom)/i)).toEqual(['shared/client/client.ts']);
    expect(filesWith(/\bsystemRandom\b/)).toEqual(['shared/platform/platform.ts', 'shared/platform/random.ts']);
  });

  it('is as much as it says', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => randomId(systemRandom)));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(randomDigits(systemRandom, 6)).toMatch(/^\d{6}$/);
  });
});
