import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../../shared/platform/aws-clients.ts';

const client = createDocumentClient();
const table = process.env['USERS_TABLE'] ?? '';

/** The least that an endpoint with one read can be: the same client, one call, no more. */
export const handler = async () => {
  const Keys = [{ pk: 'USER#bench', sk: 'USER' }];
  const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }));
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(Responses) };
};
