import { describe, expect, it } from '@jest/globals';
import { environmentValues } from '../../../infra/environment.ts';
import { STAGES } from '../../../infra/stages.ts';
import { variablesOfUses } from '../../../shared/contracts/environment.ts';
import { mergeUses } from '../../../shared/contracts/resources.ts';
import { frontendUrl } from '../../../shared/contracts/settings/frontend-url.ts';
import { minimumAge } from '../../../shared/contracts/settings/minimum-age.ts';
import { services } from '../../../shared/contracts/settings/services.ts';
import { readSettings } from '../../../shared/platform/settings.ts';

const uses = mergeUses({ settings: [minimumAge] }, { kyc: ['get'], settings: [minimumAge] });

const read = (variables: Readonly<Record<string, string>>) => readSettings(uses, variables);

describe('a setting of the stage', () => {
  it('comes to the functions that declare it, as the stage has it', () => {
    expect(uses.settings).toEqual([minimumAge]);
    expect(variablesOfUses(uses)).toEqual(['KYC_TABLE', 'MINIMUM_AGE']);
    const environment = environmentValues(STAGES.prod, '111122223333', ['MINIMUM_AGE']);
    expect(read(environment)).toEqual({ settings: { minimumAge: STAGES.prod.minimumAge } });
  });

  it.each(['eighteen', '-1', '17.5', '200'])('is refused as %s', (MINIMUM_AGE) => {
    expect(() => read({ MINIMUM_AGE })).toThrow(`MINIMUM_AGE is "${MINIMUM_AGE}"`);
  });

  it.each(['app.example.com', 'ftp://app.example.com', 'https://app.example.com/?a=b', 'https://app.example.com/#a'])(
    'is refused as front-end %s, to which no query can be added',
    (FRONTEND_URL) => {
      expect(() => readSettings({ settings: [frontendUrl] }, { FRONTEND_URL })).toThrow('which is no frontendUrl');
    },
  );

  it.each([
    ['none', []],
    ['shop', ['shop']],
    ['shop,ticket-desk,shop_2', ['shop', 'ticket-desk', 'shop_2']],
  ])('is the services that can be paid: %s', (SERVICES, names) => {
    expect(readSettings({ settings: [services] }, { SERVICES })).toEqual({ settings: { services: names } });
  });

  it.each(['shop,', 'a b', 'shop#1', ','])('is refused as services %s', (SERVICES) => {
    expect(() => readSettings({ settings: [services] }, { SERVICES })).toThrow('which is no services');
  });

  it('reaches functions as every stage has it', () => {
    for (const stage of Object.values(STAGES)) {
      const environment = environmentValues(stage, '111122223333', ['SERVICES']);
      expect(readSettings({ settings: [services] }, environment)).toEqual({ settings: { services: stage.services } });
    }
  });

  it('is not there where none is declared', () => {
    expect(mergeUses({}, {}).settings).toBeUndefined();
    expect(variablesOfUses({ kyc: ['get'] })).toEqual(['KYC_TABLE']);
  });
});
