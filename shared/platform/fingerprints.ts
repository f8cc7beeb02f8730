import {
  FINGERPRINT_KEY_VERSION,
  FINGERPRINT_PURPOSE_NAMES,
  FINGERPRINT_PURPOSES,
  type FingerprintPurpose,
  type FingerprintUses,
} from '../contracts/resources.ts';

/** What tells whether two values are the same without telling what they are. Equal only within one version. */
export interface Fingerprint {
  /** Of the key that made it. */
  readonly version: number;
  /** Lower-case hex. */
  readonly mac: string;
}

/** Fingerprints of values of one purpose. */
export interface Fingerprints {
  /** @param value in its one normal form, at most 4,000 bytes: what is written otherwise has another fingerprint. */
  of(value: string): Promise<Fingerprint>;
}

/** The one call of KMS that is used. */
export interface MacService {
  generateMac(request: {
    /** An id, ARN or alias. */
    readonly KeyId: string;
    readonly MacAlgorithm: 'HMAC_SHA_256';
    readonly Message: Uint8Array;
  }): Promise<{ readonly Mac?: Uint8Array | undefined }>;
}

/** The purpose is part of the message: a phone number that reads like an identity number has another fingerprint. */
const createFingerprint = (service: MacService, KeyId: string, purpose: FingerprintPurpose): Fingerprints => ({
  of: async (value) => {
    const Message = Buffer.from(`${FINGERPRINT_PURPOSES[purpose]}:${value}`);
    const { Mac } = await service.generateMac({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message });
    if (Mac === undefined) throw new Error('KMS answered without the code that it was asked for.');
    return { version: FINGERPRINT_KEY_VERSION, mac: Buffer.from(Mac).toString('hex') };
  },
});

/** Fingerprints by purpose: those that are declared, and no others. */
export const createFingerprints = (
  service: MacService,
  keyId: string,
  declared: FingerprintUses,
): { readonly [P in FingerprintPurpose]?: Fingerprints } =>
  Object.fromEntries(
    FINGERPRINT_PURPOSE_NAMES.filter((purpose) => declared[purpose]).map((purpose) => [
      purpose,
      createFingerprint(service, keyId, purpose),
    ]),
  );
