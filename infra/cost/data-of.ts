import type { EndpointId, Result } from '../../shared/client/client.ts';

/**
 * What a call of the journey was given.
 *
 * @throws Error with code and text where it was refused: what is measured then is no use of the API.
 */
export const dataOf = <Id extends EndpointId>(result: Result<Id>) => {
  if (result.ok) return result.data;
  throw new Error(`A call of the journey was answered ${result.code}: ${result.msg}`);
};
