import type { VariableName } from '../contracts/environment.ts';

export type Environment<N extends VariableName> = Readonly<Record<N, string>>;

/** The deployment left out something that a function needs; names every missing variable at once. */
export class MissingEnvironmentError extends Error {
  override readonly name = 'MissingEnvironmentError';
  constructor(missing: readonly string[]) {
    super(`Missing environment variables: ${missing.join(', ')}. The function's stack must set them.`);
  }
}

/**
 * Reads the named variables from the process environment, the only place that does.
 *
 * @throws MissingEnvironmentError naming all that are unset or empty.
 */
export const readEnvironment = <N extends VariableName>(
  names: readonly N[],
  source: NodeJS.ProcessEnv = process.env,
): Environment<N> => {
  const missing = names.filter((name) => !source[name]);
  if (missing.length > 0) throw new MissingEnvironmentError(missing);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets keys; all were checked above
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Environment<N>;
};
