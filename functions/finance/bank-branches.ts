import { bankBranches } from '../../shared/contracts/endpoints/finance/bank-branches.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { type CurrentImport, findCurrentImport } from '../../shared/kyc/bank-store.ts';
import { viewBranches } from '../../shared/kyc/bank-view.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

/** `undefined` before the first import. */
type Beside = CurrentImport | undefined;

const findImport =
  ({ tables }: EndpointPlatform<(typeof bankBranches)['uses']>): ReadBeside<Beside> =>
  () =>
    findCurrentImport(tables.kyc);

const view: Bind<typeof bankBranches, Beside> =
  (platform) =>
  ({ query, locale, beside: current }) =>
    viewBranches(platform, query, locale, current);

/** `GET /v1/finance/bank_branches` */
export const handler = endpointHandler(bankBranches, view, { beside: findImport });
