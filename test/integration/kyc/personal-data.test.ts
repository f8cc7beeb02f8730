import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { recordPlace } from '../../../shared/kyc/record.ts';
import { createSecrets } from '../../../shared/platform/secrets.ts';
import { testTable } from '../../support/engine.ts';
import { useIdentity } from '../../support/identity.ts';
import { testKeyService } from '../../support/key-service.ts';
import { kycUseCases, somePerson } from '../../support/kyc.ts';

const identity = useIdentity();
const kyc = () => kycUseCases(identity());

const FIELDS = ['name', 'birthday', 'identityNumber', 'mobilePhone'] as const;

const secret = () => {
  const { identity: made } = createSecrets(testKeyService(), 'alias/test-secrets', { identity: ['decrypt'] });
  if (!made) throw new Error('Identities are secrets.');
  return made;
};

const decrypted = async (userId: string) => {
  const record = await kyc().record(userId);
  const read = FIELDS.map((field) => secret().decrypt(record?.[field] ?? '', recordPlace(userId, field)));
  return (await Promise.all(read)).map(String);
};

describe('personal data', () => {
  it('are in no table in plain, and can be decrypted where they lie', async () => {
    const person = { ...somePerson(), name: '歐陽書得', birthday: '1987/06/05' };
    const { userId, mobilePhone } = await kyc().passedUser({ person });
    expect(await decrypted(userId)).toEqual([
      person.name,
      person.birthday,
      person.identityNumber,
      `+886${mobilePhone.slice(1)}`,
    ]);
    const stored = await kyc().everythingStored();
    expect(stored).toContain('歐*得');
    // A bare year comes up in some fingerprint or other; as a value of its own it does not.
    const birthdays = [person.birthday, '1987-06-05', '19870605', '1987/', '1987-', '"1987', ':1987'];
    for (const plain of [person.name, '陽書', ...birthdays, person.identityNumber, mobilePhone.slice(1)]) {
      expect(stored).not.toContain(plain);
    }
    expect(identity().resources.lines.join()).not.toContain(person.identityNumber);
  });

  it('of two users that were swapped decrypt for neither', async () => {
    const { client } = identity().resources;
    const [one, two] = [await kyc().passedUser(), await kyc().passedUser()];
    const itemOf = async (userId: string) => {
      const command = new GetCommand({ TableName: testTable('kyc'), Key: { pk: `USER#${userId}`, sk: 'KYC' } });
      return (await client.send(command)).Item ?? {};
    };
    const [first, second] = [await itemOf(one.userId), await itemOf(two.userId)];
    const ciphertextsOf = (item: Record<string, unknown>) =>
      Object.fromEntries(FIELDS.map((name) => [name, item[name]]));
    for (const Item of [
      { ...first, ...ciphertextsOf(second) },
      { ...second, ...ciphertextsOf(first) },
    ]) {
      await client.send(new PutCommand({ TableName: testTable('kyc'), Item }));
    }
    for (const { userId } of [one, two]) {
      const record = await kyc().record(userId);
      for (const field of FIELDS) {
        const reading = secret().decrypt(record?.[field] ?? '', recordPlace(userId, field));
        await expect(reading).rejects.toMatchObject({ name: 'SecretUnreadableError' });
      }
    }
  });

  it('have fingerprints with the version of their key, one of its own for each kind', async () => {
    const { userId } = await kyc().passedUser();
    const record = await kyc().record(userId);
    const fingerprint = { version: 1, mac: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(record).toMatchObject({ identityFingerprint: fingerprint, phoneFingerprint: fingerprint });
    expect(record?.verifiedIdentity).toEqual(record?.identityFingerprint);
    expect(record?.phoneFingerprint?.mac).not.toBe(record?.identityFingerprint.mac);
  });
});
