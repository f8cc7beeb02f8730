import { describe, expect, it } from '@jest/globals';
import { argon2id, hasNativeEngine, nativeEngine } from '../../../shared/platform/argon2.ts';
import { wasmEngine } from '../../../shared/platform/argon2-wasm.ts';

const engines = [
  ['node:crypto', nativeEngine],
  ['hash-wasm', wasmEngine],
  ['the chosen one', argon2id],
] as const;

/** Vectors of the reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c), argon2id v=19. */
const VECTORS = [
  { memory: 256, passes: 2, parallelism: 1, tag: '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe' },
  { memory: 256, passes: 2, parallelism: 2, tag: '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037' },
  {
    memory: 65_536,
    passes: 2,
    parallelism: 1,
    tag: '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
  },
];

describe.each(engines)('argon2id by %s', (_name, engine) => {
  it.each(VECTORS)('gives the tag of the reference implementation for m=$memory p=$parallelism', async (vector) => {
    const { tag, ...cost } = vector;
    const salt = Buffer.from('somesalt');
    const computed = await engine({ password: 'password', salt, ...cost, tagLength: 32 });
    expect(Buffer.from(computed).toString('hex')).toBe(tag);
  });

  it('reads passwords as UTF-8', async () => {
    const input = { salt: new Uint8Array(16).fill(7), memory: 64, passes: 1, parallelism: 1, tagLength: 32 };
    const computed = await engine({ ...input, password: '密碼🔑' });
    expect(Buffer.from(computed)).toEqual(Buffer.from(await nativeEngine({ ...input, password: '密碼🔑' })));
  });
});

describe('hasNativeEngine', () => {
  it('finds argon2 in the runtime of production', () => {
    expect(hasNativeEngine()).toBe(true);
  });

  it('tells a node:crypto that lacks it', () => {
    expect(hasNativeEngine({ scrypt: () => undefined })).toBe(false);
  });
});
