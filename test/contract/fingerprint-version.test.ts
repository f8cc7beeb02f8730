import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { fingerprintsKeyAlias } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { FINGERPRINT_KEY_VERSION } from '../../shared/contracts/resources.ts';
import { identityGuard, phoneGuard } from '../../shared/kyc/guards.ts';

describe('the version of the key of fingerprints', () => {
  it('stays the first until the move that docs/runbooks.md describes is built: raised alone, every number is free', () => {
    expect(FINGERPRINT_KEY_VERSION).toBe(1);
  });

  it('stands where the runbook says it does', () => {
    const runbook = readFileSync(join(ROOT, 'docs', 'runbooks.md'), 'utf8');
    const [identity, phone] = [identityGuard, phoneGuard].map((guard) => guard({ version: 7, mac: 'abc' }).pk);
    expect([identity, phone]).toEqual(['IDENTITY#7#abc', 'PHONE#7#abc']);
    expect(runbook).toContain('`IDENTITY#<version>#<mac>`, `PHONE#<version>#<mac>`');
    const alias = fingerprintsKeyAlias(STAGES.prod);
    expect(alias).toBe(`alias/bitgin-prod-fingerprints-${FINGERPRINT_KEY_VERSION}`);
    expect(runbook).toContain(alias.replace('prod', '<stage>'));
  });
});
