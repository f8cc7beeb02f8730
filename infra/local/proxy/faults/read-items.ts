import * as z from 'zod';
import { accessKeyOf } from '../../workers/access-key.ts';
import { item, type ItemKey, type ReadItems } from './versions.ts';

const answer = z.object({ Responses: z.record(z.string(), z.array(item)) });

const TIMEOUT_MS = 10_000;

const requestOf = (keys: readonly ItemKey[]) => {
  const byTable = [...Map.groupBy(keys, ({ table }) => table)];
  const tables = byTable.map(([table, own]): [string, unknown] => [
    table,
    { ConsistentRead: true, Keys: own.map(({ key }) => key) },
  ]);
  return { RequestItems: Object.fromEntries(tables) };
};

/**
 * Reads items in DynamoDB's own JSON, in the operator's name. As many as a transaction writes fit in one batch.
 *
 * @throws when DynamoDB does not answer.
 */
export const createReadItems =
  (endpoint: string, region: string, operator: string): ReadItems =>
  async (keys) => {
    if (keys.length === 0) return [];
    const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const scope = `${accessKeyOf(operator).id}/${date.slice(0, 8)}/${region}/dynamodb/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': date,
        'x-amz-target': 'DynamoDB_20120810.BatchGetItem',
      },
      body: JSON.stringify(requestOf(keys)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`DynamoDB refuses to show what is written over: ${await response.text()}`);
    const { Responses } = answer.parse(await response.json());
    return Object.entries(Responses).flatMap(([table, items]) => items.map((one) => ({ table, item: one })));
  };
