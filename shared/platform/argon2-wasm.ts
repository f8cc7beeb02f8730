import { argon2id } from 'hash-wasm';
import type { Argon2Engine } from './argon2.ts';

/** argon2id in WebAssembly, for runtimes whose node:crypto lacks it. A file of its own, so that it loads only there. */
export const wasmEngine: Argon2Engine = ({ password, salt, memory, passes, parallelism, tagLength }) =>
  argon2id({
    password,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism,
    hashLength: tagLength,
    outputType: 'binary',
  });
