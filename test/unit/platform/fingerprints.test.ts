import { describe, expect, it } from '@jest/globals';
import { createFingerprints, type MacService } from '../../../shared/platform/fingerprints.ts';
import { testMacService } from '../../support/key-service.ts';

const KEY = 'alias/fingerprints';

const all = (service: MacService = testMacService()) =>
  createFingerprints(service, KEY, { identityNumber: ['mac'], mobilePhone: ['mac'] });

describe('a fingerprint', () => {
  it('is the same for the same value, another for another, and carries the version of its key', async () => {
    const { identityNumber } = all();
    const first = await identityNumber?.of('A123456789');
    expect(first).toEqual({ version: 1, mac: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await identityNumber?.of('A123456789')).toEqual(first);
    expect(await identityNumber?.of('A223456781')).not.toEqual(first);
  });

  it('is another for another purpose', async () => {
    const { identityNumber, mobilePhone } = all();
    expect(await identityNumber?.of('0912345678')).not.toEqual(await mobilePhone?.of('0912345678'));
  });

  it('is asked of the key of the stage, with the purpose before the value', async () => {
    const requests: unknown[] = [];
    const { mobilePhone } = all({
      generateMac: (request) => {
        requests.push({ ...request, Message: String(request.Message) });
        return testMacService().generateMac(request);
      },
    });
    await mobilePhone?.of('+886912345678');
    expect(requests).toEqual([{ KeyId: KEY, MacAlgorithm: 'HMAC_SHA_256', Message: 'mobilePhone:+886912345678' }]);
  });

  it('is none when KMS gives none', async () => {
    const { mobilePhone } = all({ generateMac: () => Promise.resolve({}) });
    await expect(mobilePhone?.of('1')).rejects.toThrow('KMS answered without the code');
  });
});

describe('createFingerprints', () => {
  it('gives what is declared, and nothing else', () => {
    expect(createFingerprints(testMacService(), KEY, {})).toEqual({});
    expect(Object.keys(createFingerprints(testMacService(), KEY, { mobilePhone: ['mac'] }))).toEqual(['mobilePhone']);
  });
});
