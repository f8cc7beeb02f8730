import type { SettingSpec } from './setting.ts';
import { webAddress } from './web-address.ts';

/** The front-end's page that people are redirected to, to which a query is added. */
export const frontendUrl = {
  name: 'frontendUrl',
  variable: 'FRONTEND_URL',
  schema: webAddress(/^https?:\/\/[^\s?#]+$/),
} as const satisfies SettingSpec;
