import type { SettingSpec } from './setting.ts';
import { hookAddress } from './web-address.ts';

/** The address that documents are posted to before they count as uploaded, or `off`. */
export const documentScanner = {
  name: 'documentScanner',
  variable: 'DOCUMENT_SCANNER',
  schema: hookAddress,
} as const satisfies SettingSpec;
