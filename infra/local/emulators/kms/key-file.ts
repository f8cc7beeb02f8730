import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { StartError } from '../../errors.ts';

/** The material of keys, kept over a restart: without it nothing that was encrypted could be read again. */
export interface KeyFile {
  /** The material of a key, made when it is first asked for. */
  readonly material: (keyArn: string, bytes: number) => Buffer;
}

const contents = z.record(z.string(), z.base64());

/** Only whom the file belongs to may read it. */
const OWNER_ONLY = 0o600;

const read = (path: string): z.output<typeof contents> => {
  try {
    return contents.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new StartError(
      `${path} keeps the local KMS keys and cannot be read as such. Put it back, or start again without the old data: npm start -- --fresh`,
    );
  }
};

/**
 * Opens the file; written whole or not at all.
 *
 * @throws StartError when it is damaged: new keys in its place would make the data unreadable for good.
 */
export const openKeyFile = (path: string): KeyFile => {
  const kept = existsSync(path) ? read(path) : {};
  return {
    material: (keyArn, bytes) => {
      const known = kept[keyArn];
      if (known !== undefined) return Buffer.from(known, 'base64');
      const made = randomBytes(bytes);
      kept[keyArn] = made.toString('base64');
      writeFileSync(`${path}.draft`, JSON.stringify(kept), { mode: OWNER_ONLY });
      renameSync(`${path}.draft`, path);
      return made;
    },
  };
};
