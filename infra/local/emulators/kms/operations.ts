import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod';
import { ACCOUNT } from '../../template/physical-names.ts';
import { keyOfCiphertext, seal, unseal } from './ciphertext.ts';
import type { HeldKey, Keyring } from './keyring.ts';
import { KmsError } from './kms-error.ts';
import { parseRequest, REQUESTS } from './requests.ts';

type Answer = Readonly<Record<string, unknown>>;
type Request<N extends keyof typeof REQUESTS> = z.output<(typeof REQUESTS)[N]>;
type MacRequest = Pick<Request<'GenerateMac'>, 'KeyId' | 'MacAlgorithm' | 'Message'>;

const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** A key that is enabled and made for this use. */
const usable = (key: HeldKey, operation: string, spec: HeldKey['spec']): HeldKey => {
  if (!key.enabled) throw new KmsError('DisabledException', `${key.arn} is disabled.`);
  if (key.spec === spec) return key;
  throw new KmsError('InvalidKeyUsageException', `${key.arn} key spec is ${key.spec}, not valid for ${operation}.`);
};

const encrypt = (keys: Keyring, { KeyId, EncryptionContext, Plaintext }: Request<'Encrypt'>): Answer => {
  const { arn, material } = usable(keys.find(KeyId), 'Encrypt', SYMMETRIC);
  const CiphertextBlob = seal(material, arn, EncryptionContext, Plaintext).toString('base64');
  return { CiphertextBlob, KeyId: arn, EncryptionAlgorithm: SYMMETRIC };
};

/** The key that a ciphertext names, which must be the one that the caller names, if he does. */
const keyFor = (keys: Keyring, blob: Buffer, keyId: string | undefined): HeldKey | undefined => {
  const wanted = keyId === undefined ? undefined : keys.find(keyId);
  const arn = keyOfCiphertext(blob);
  if (arn === undefined) return undefined;
  if (wanted !== undefined && wanted.arn !== arn) {
    throw new KmsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const key = keys.get(arn);
  if (key !== undefined) return key;
  throw new KmsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, ' +
      'or you are not allowed to access.',
  );
};

const decrypt = (keys: Keyring, { KeyId, EncryptionContext, CiphertextBlob }: Request<'Decrypt'>): Answer => {
  const found = keyFor(keys, CiphertextBlob, KeyId);
  const key = found && usable(found, 'Decrypt', SYMMETRIC);
  const plaintext = key && unseal(key.material, EncryptionContext, CiphertextBlob);
  if (key === undefined || plaintext === undefined) {
    throw new KmsError(
      'InvalidCiphertextException',
      'The ciphertext is damaged, or was encrypted with another encryption context.',
    );
  }
  return { Plaintext: plaintext.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: SYMMETRIC };
};

const generateDataKey = (keys: Keyring, request: Request<'GenerateDataKey'>): Answer => {
  const { KeyId, EncryptionContext, KeySpec, NumberOfBytes } = request;
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const { arn, material } = usable(keys.find(KeyId), 'GenerateDataKey', SYMMETRIC);
  const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32));
  const CiphertextBlob = seal(material, arn, EncryptionContext, plaintext).toString('base64');
  return { CiphertextBlob, Plaintext: plaintext.toString('base64'), KeyId: arn };
};

/** The spec of the keys of each algorithm, and the digest in Node's words. */
const MACS: Readonly<Record<MacRequest['MacAlgorithm'], readonly [HeldKey['spec'], string]>> = {
  HMAC_SHA_224: ['HMAC_224', 'sha224'],
  HMAC_SHA_256: ['HMAC_256', 'sha256'],
  HMAC_SHA_384: ['HMAC_384', 'sha384'],
  HMAC_SHA_512: ['HMAC_512', 'sha512'],
};

const macOf = (keys: Keyring, operation: string, { KeyId, MacAlgorithm, Message }: MacRequest) => {
  const [spec, digest] = MACS[MacAlgorithm];
  const { arn, material } = usable(keys.find(KeyId), operation, spec);
  return { arn, mac: createHmac(digest, material).update(Message).digest() };
};

const generateMac = (keys: Keyring, request: Request<'GenerateMac'>): Answer => {
  const { arn, mac } = macOf(keys, 'GenerateMac', request);
  return { Mac: mac.toString('base64'), MacAlgorithm: request.MacAlgorithm, KeyId: arn };
};

const verifyMac = (keys: Keyring, request: Request<'VerifyMac'>): Answer => {
  const { arn, mac } = macOf(keys, 'VerifyMac', request);
  if (mac.length !== request.Mac.length || !timingSafeEqual(mac, request.Mac)) {
    throw new KmsError('KMSInvalidMacException', 'The MAC is not valid for this message and key.');
  }
  return { MacValid: true, MacAlgorithm: request.MacAlgorithm, KeyId: arn };
};

const describeKey = (keys: Keyring, { KeyId }: Request<'DescribeKey'>): Answer => {
  const { arn, enabled, description, spec } = keys.find(KeyId);
  const isSymmetric = spec === SYMMETRIC;
  return {
    KeyMetadata: {
      AWSAccountId: ACCOUNT,
      Arn: arn,
      KeyId: arn.slice(arn.indexOf('/') + 1),
      Description: description,
      Enabled: enabled,
      KeyState: enabled ? 'Enabled' : 'Disabled',
      KeyManager: 'CUSTOMER',
      KeySpec: spec,
      KeyUsage: isSymmetric ? 'ENCRYPT_DECRYPT' : 'GENERATE_VERIFY_MAC',
      MultiRegion: false,
      Origin: 'AWS_KMS',
      ...(isSymmetric ? { EncryptionAlgorithms: [SYMMETRIC] } : { MacAlgorithms: [spec.replace('_', '_SHA_')] }),
    },
  };
};

/** What the stand-in can do, by operation; each throws a KmsError for what KMS would refuse. */
export const OPERATIONS: Readonly<Record<string, (keys: Keyring, payload: unknown) => Answer>> = {
  DescribeKey: (keys, payload) => describeKey(keys, parseRequest(REQUESTS.DescribeKey, payload)),
  Encrypt: (keys, payload) => encrypt(keys, parseRequest(REQUESTS.Encrypt, payload)),
  Decrypt: (keys, payload) => decrypt(keys, parseRequest(REQUESTS.Decrypt, payload)),
  GenerateDataKey: (keys, payload) => generateDataKey(keys, parseRequest(REQUESTS.GenerateDataKey, payload)),
  GenerateMac: (keys, payload) => generateMac(keys, parseRequest(REQUESTS.GenerateMac, payload)),
  VerifyMac: (keys, payload) => verifyMac(keys, parseRequest(REQUESTS.VerifyMac, payload)),
};
