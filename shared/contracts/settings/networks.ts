import * as z from 'zod/mini';
import { NETWORK_NAMES } from '../networks.ts';
import type { SettingSpec } from './setting.ts';

/** The networks that crypto currencies can come in and go out by, with commas between; or `none`. */
export const networks = {
  name: 'networks',
  variable: 'NETWORKS',
  schema: z.pipe(
    z.pipe(
      z.string(),
      z.transform((names: string) => (names === 'none' ? [] : names.split(','))),
    ),
    z.array(z.enum(NETWORK_NAMES)),
  ),
} as const satisfies SettingSpec;
