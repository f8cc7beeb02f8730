import {
  createClient,
  type EndpointId,
  type Result,
  type SessionClient,
  type Success,
} from '../../shared/client/client.ts';
import type { Stage } from '../../infra/stages.ts';
import { transferJourneyOn } from './transfer-journey.ts';
import type { LiveJourney } from './use-journey.ts';

/** What a call gave; throws where it was refused. */
export const dataOf = <Id extends EndpointId>(result: Result<Id>): Success<Id>['data'] => {
  if (result.ok) return result.data;
  throw new Error(`A call was answered ${result.code}: ${result.msg}`);
};

/** The steps of people whose programs use the client, over a running stack. */
export const clientJourneyOn = (live: LiveJourney, stage: Stage) => {
  const transfers = transferJourneyOn(live, stage);

  const session = (token?: string): SessionClient => createClient({ baseUrl: live.stack.url, language: 'en', token });

  /** A key of somebody with a second factor, which is spent for it. */
  const keyOf = async (client: SessionClient, totpCode: string, scopes: readonly ('read' | 'trade' | 'pay')[]) => {
    dataOf(await client.call('account.reauthenticate', { body: { totpCode } }));
    return dataOf(await client.call('account.create-api-key', { body: { label: 'A program', scopes } }));
  };

  return { ...transfers, session, keyOf };
};
