import { statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SecretPlace } from '../../shared/platform/secrets.ts';
import { startKmsStack } from '../support/kms-stack.ts';

const PLACE: SecretPlace = { table: 'users', key: { pk: 'USER#1', sk: 'FACTOR' }, field: 'key' };
const SECRET = 'JBSWY3DPEHPK3PXP';
const KEY = 'arn:aws:kms:ap-northeast-1:000000000000:key/fixture-functions-Secrets';

let stack: Awaited<ReturnType<typeof startKmsStack>>;

beforeAll(async () => {
  stack = await startKmsStack();
}, 60_000);
afterEach(() => stack.fault('none'));
afterAll(() => stack.stop());

const encrypted = async (): Promise<string> => {
  const { done, name } = await stack.ask('keeper', 'encrypt', SECRET, PLACE);
  if (done === undefined) throw new Error(`It was not encrypted: ${name}`);
  return done;
};

describe('a function that declares secrets', () => {
  it('encrypts and decrypts them, and what it calls shows in Server-Timing', async () => {
    const written = await stack.ask('keeper', 'encrypt', SECRET, PLACE);
    expect(written.calls).toEqual(['Encrypt secrets']);
    expect(Buffer.from(written.done ?? '', 'base64').includes(SECRET)).toBe(false);
    const read = await stack.ask('keeper', 'decrypt', written.done ?? '', PLACE);
    expect(read).toEqual({ done: SECRET, calls: ['Decrypt secrets'] });
  });

  it('does only what it declares', async () => {
    expect(await stack.ask('reader', 'decrypt', await encrypted(), PLACE)).toMatchObject({ done: SECRET });
    const refused = await stack.ask('reader', 'encrypt', SECRET, PLACE);
    expect(refused).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`fixture-reader is not authorized to perform: kms:Encrypt on resource: ${KEY}`),
    });
    expect(stack.iamLines().join()).toContain(`IAM: fixture-reader lacks the grant kms:Encrypt on ${KEY} (with`);
  });

  it.each(['encrypt', 'decrypt'] as const)('cannot %s those of another purpose', async (method) => {
    const value = method === 'decrypt' ? await encrypted() : SECRET;
    const refused = await stack.ask('stranger', method, value, PLACE);
    expect(refused).toMatchObject({ name: 'AccessDeniedException' });
    const action = method === 'decrypt' ? 'kms:Decrypt' : 'kms:Encrypt';
    expect(stack.iamLines().at(-1)).toBe(
      `IAM: fixture-stranger lacks the grant ${action} on ${KEY} (with kms:EncryptionContext:purpose = totp, ` +
        'kms:EncryptionContext:table = users, kms:EncryptionContext:key = ["USER#1","FACTOR"], ' +
        'kms:EncryptionContext:field = key).',
    );
  });

  it('cannot read one that was moved to another item', async () => {
    const elsewhere = { ...PLACE, key: { pk: 'USER#2', sk: 'FACTOR' } };
    expect(await stack.ask('keeper', 'decrypt', await encrypted(), elsewhere)).toMatchObject({
      name: 'SecretUnreadableError',
      message: expect.stringContaining('A secret (totp) in key of the table users cannot be decrypted'),
    });
  });

  it('reads after a restart what it wrote before, with keys that only their owner can read', async () => {
    const ciphertext = await encrypted();
    expect(statSync(stack.keyFile).mode & 0o777).toBe(0o600);
    await stack.restart();
    expect(await stack.ask('keeper', 'decrypt', ciphertext, PLACE)).toMatchObject({ done: SECRET });
  });
});

describe('KMS', () => {
  it.each([
    ['fail', 'KMSInternalException'],
    ['throttle', 'ThrottlingException'],
  ])('that does %s is asked three times, then given up as %s', async (mode, name) => {
    const ciphertext = await encrypted();
    await stack.fault(mode);
    expect(await stack.ask('keeper', 'decrypt', ciphertext, PLACE)).toMatchObject({ name });
    expect(await stack.struck()).toBe(3);
  });

  it('that sometimes fails or loses its answer is asked again', async () => {
    for (const mode of ['fail', 'lostResponse']) {
      await stack.fault(mode, { rate: 0.5, seed: 2 });
      const ciphertext = await encrypted();
      expect(await stack.ask('keeper', 'decrypt', ciphertext, PLACE)).toMatchObject({ done: SECRET });
      expect(await stack.struck()).toBeGreaterThan(0);
    }
  });

  it('that is slow is waited for', async () => {
    await stack.fault('slow', { delayMs: 300 });
    const startedAt = performance.now();
    expect(await stack.ask('keeper', 'encrypt', SECRET, PLACE)).toMatchObject({ done: expect.any(String) });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300);
    expect(await stack.struck()).toBe(1);
  });
});
