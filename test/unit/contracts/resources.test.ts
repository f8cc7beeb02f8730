import { describe, expect, it } from '@jest/globals';
import { variablesOfUses } from '../../../shared/contracts/environment.ts';
import { mergeUses } from '../../../shared/contracts/resources.ts';

describe('mergeUses', () => {
  it('joins tables, mail, texts and secrets, each action once', () => {
    const first = {
      users: ['get', 'put'],
      secrets: { totp: ['encrypt'] },
      fingerprints: { mobilePhone: ['mac'] },
      mail: 'send',
    } as const;
    const second = { users: ['put'], kyc: ['get'], secrets: { totp: ['decrypt', 'encrypt'] }, sms: 'send' } as const;
    expect(mergeUses(first, second)).toEqual({
      users: ['get', 'put'],
      kyc: ['get'],
      secrets: { totp: ['encrypt', 'decrypt'] },
      fingerprints: { mobilePhone: ['mac'] },
      mail: 'send',
      sms: 'send',
    });
  });

  it('declares nothing that neither declares', () => {
    expect(mergeUses({ users: [] }, { secrets: { totp: [] } })).toEqual({});
  });
});

describe('variablesOfUses', () => {
  it('names the key of secrets only where there are some', () => {
    expect(variablesOfUses({ secrets: { totp: ['decrypt'] } })).toEqual(['SECRETS_KEY']);
    expect(variablesOfUses({ fingerprints: { mobilePhone: ['mac'] } })).toEqual(['FINGERPRINTS_KEY']);
    expect(variablesOfUses({ users: ['get'] })).toEqual(['USERS_TABLE']);
  });
});
