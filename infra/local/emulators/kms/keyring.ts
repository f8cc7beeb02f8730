import type { LocalKey } from '../../template/keys.ts';
import type { KeyFile } from './key-file.ts';
import { KmsError } from './kms-error.ts';

/** A key that can be used. */
export interface HeldKey extends LocalKey {
  readonly material: Buffer;
}

/** The keys that the templates declare. */
export interface Keyring {
  /** By ARN; undefined when no template has it. */
  readonly get: (arn: string) => HeldKey | undefined;
  /**
   * By what a call says in KeyId: the id or ARN of a key or of an alias.
   *
   * @throws KmsError NotFoundException
   */
  readonly find: (keyId: string) => HeldKey;
}

/** Bytes of material by spec: the length of what the key's algorithm works with. */
const MATERIAL_BYTES: Readonly<Record<LocalKey['spec'], number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

const isNamed = (arn: string, keyId: string): boolean =>
  arn === keyId || arn.endsWith(keyId.startsWith('alias/') ? `:${keyId}` : `:key/${keyId}`);

const notFound = (keyId: string): KmsError =>
  new KmsError(
    'NotFoundException',
    /(^|:)alias\//.test(keyId) ? `Alias ${keyId} is not found.` : `Key '${keyId}' does not exist`,
  );

export const createKeyring = (keys: readonly LocalKey[], file: KeyFile): Keyring => {
  const held = keys.map((key) => ({ ...key, material: file.material(key.arn, MATERIAL_BYTES[key.spec]) }));
  return {
    get: (arn) => held.find((key) => key.arn === arn),
    find: (keyId) => {
      const found = held.find(({ arn, aliases }) => [arn, ...aliases].some((one) => isNamed(one, keyId)));
      if (found === undefined) throw notFound(keyId);
      return found;
    },
  };
};
