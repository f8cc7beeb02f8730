import * as fc from 'fast-check';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { baseDrafts } from './base.ts';
import type { Draft, Mutation } from './draft.ts';
import { formMutations } from './form-mutations.ts';
import { headMutations, signatureMutations } from './head-mutations.ts';
import { jsonMutations } from './json-mutations.ts';
import { targetMutations } from './target-mutations.ts';

const MOST_CHANGES = 3;

/** Bodies are changed most where there is one to read. */
const bodyMutations = (
  endpoint: EndpointSpec,
): { readonly weight: number; readonly arbitrary: fc.Arbitrary<Mutation> } =>
  endpoint.bodyType === 'multipart'
    ? { weight: 6, arbitrary: formMutations(endpoint) }
    : { weight: endpoint.body ? 6 : 1, arbitrary: jsonMutations(endpoint) };

const draftsOf = (endpoint: EndpointSpec): fc.Arbitrary<Draft> => {
  const mutations = fc.oneof(
    bodyMutations(endpoint),
    { weight: endpoint.query || endpoint.params ? 4 : 1, arbitrary: targetMutations(endpoint) },
    { weight: 3, arbitrary: headMutations },
    { weight: endpoint.apiKey === false ? 0 : 2, arbitrary: signatureMutations },
  );
  return fc
    .tuple(baseDrafts(endpoint), fc.array(mutations, { minLength: 1, maxLength: MOST_CHANGES }))
    .map(([base, changes]) => changes.reduce((draft, change) => change(draft), base));
};

/** Mutated requests to an endpoint: the same ones for the same seed. */
export const mutatedRequests = (endpoint: EndpointSpec, count: number, seed: number): readonly Draft[] =>
  fc.sample(draftsOf(endpoint), { numRuns: count, seed });
