import { nativeEngine } from '../../shared/platform/argon2.ts';
import { wasmEngine } from '../../shared/platform/argon2-wasm.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { interleave, timed } from './measure.ts';
import { type BenchOptions, ratioRow, type Row } from './report.ts';

/** One password hash with the product's parameters, by each of the two engines. */
export const argon2Row = async ({ quick, note }: BenchOptions): Promise<Row> => {
  note('argon2');
  const hash = (engine: typeof nativeEngine) => () =>
    timed(() => createPasswordHasher({ randomBytes: systemRandom.bytes, engine }).hash('0'.repeat(64)));
  const { native = [], wasm = [] } = await interleave(
    { native: hash(nativeEngine), wasm: hash(wasmEngine) },
    quick ? 7 : 31,
  );
  return ratioRow('argon2id: node:crypto against hash-wasm', native, wasm, { unit: 'ms', bound: '' });
};
