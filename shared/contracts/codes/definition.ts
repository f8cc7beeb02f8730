import type { EndpointSpec } from '../endpoint.ts';
import type { Code, CodeDefinition } from './catalogue.ts';
import { httpCodes } from './http.ts';
import { referenceCodes } from './reference.ts';
import { signatureCodes } from './signature.ts';

/** What every bundle carries: the codes of the shared stack, and those that endpoints of all domains answer with. */
const EVERYWHERE: { readonly [C in Code]?: CodeDefinition } = { ...referenceCodes, ...httpCodes, ...signatureCodes };

/** The endpoint, as far as codes go. */
export type OwnCodes = Pick<EndpointSpec, 'ownCodes'>;

/**
 * What a code means where an endpoint answers with it.
 *
 * @throws Error for a code of other endpoints, which the contract has to name in `ownCodes`.
 */
export const definitionOf = (code: Code, { ownCodes }: OwnCodes): CodeDefinition => {
  const found = EVERYWHERE[code] ?? ownCodes?.[code];
  if (found) return found;
  throw new Error(`The code ${code} is not defined here: name the set that it is of in the contract's "ownCodes".`);
};
