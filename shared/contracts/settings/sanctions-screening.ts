import type { SettingSpec } from './setting.ts';
import { hookAddress } from './web-address.ts';

/** The address that people are looked up at on lists of sanctions (see shared/kyc/screening.ts), or `off`. */
export const sanctionsScreening = {
  name: 'sanctionsScreening',
  variable: 'SANCTIONS_SCREENING',
  schema: hookAddress,
} as const satisfies SettingSpec;
