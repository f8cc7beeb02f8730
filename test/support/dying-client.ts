import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClientFor } from './document-client.ts';

/**
 * A client whose user dies at its n-th call: every second time before the call is sent, else after it was done. From then
 * on it does nothing more.
 */
export const dyingClient = (
  endpoint: string,
  calls: number,
): { readonly client: DynamoDBDocumentClient; readonly died: () => boolean } => {
  const client = documentClientFor(endpoint);
  let made = 0;
  client.middlewareStack.add(
    (next) => async (input) => {
      made += 1;
      if (made > calls || (made === calls && calls % 2 === 0)) throw new Error('It died.');
      const answer = await next(input);
      if (made === calls) throw new Error('It died.');
      return answer;
    },
    { step: 'initialize' },
  );
  return { client, died: () => made >= calls };
};
