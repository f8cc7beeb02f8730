import type { VariableName } from '../contracts/environment.ts';
import type { Uses } from '../contracts/resources.ts';
import type { Setting, ValuesOf } from '../contracts/settings/setting.ts';
import type { Environment } from './env.ts';

/** What a function sees of its stage's settings: those that its contract declares. */
export type SettingsOf<U extends Uses> = U extends { readonly settings: readonly (infer S)[] }
  ? { readonly settings: ValuesOf<Extract<S, Setting>> }
  : unknown;

const readSetting = ({ name, variable, schema }: Setting, variables: Partial<Environment<VariableName>>): unknown => {
  const read = schema.safeParse(variables[variable]);
  if (read.success) return read.data;
  throw new Error(
    `${variable} is ${JSON.stringify(variables[variable])}, which is no ${name}. See the stage's settings.`,
  );
};

/** Reads the declared settings. Throws where the deployment gave one that makes no sense, naming its variable. */
export const readSettings = ({ settings }: Uses, variables: Partial<Environment<VariableName>>) =>
  settings && {
    settings: Object.fromEntries(settings.map((setting) => [setting.name, readSetting(setting, variables)])),
  };
