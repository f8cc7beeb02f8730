import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS, TABLES } from '../../shared/contracts/resources.ts';
import type { LocalFunction } from './template/functions.ts';

/** Finds the text of a captcha picture; undefined when there is no such captcha. */
export type CaptchaAnswer = (captchaId: string) => Promise<string | undefined>;

/** The physical name of the ephemeral table, as the functions that use it know it. */
const ephemeralTable = (functions: readonly Pick<LocalFunction, 'environment'>[]): string | undefined =>
  functions.map(({ environment }) => environment[TABLES.ephemeral.variable]).find((name) => name !== undefined);

/** Reads captchas where the functions keep them. */
export const captchaAnswerOf = (
  client: DynamoDBClient,
  functions: readonly Pick<LocalFunction, 'environment'>[],
): CaptchaAnswer => {
  const table = ephemeralTable(functions);
  return async (captchaId) => {
    if (table === undefined) return undefined;
    const key = { [TABLE_KEYS.partition]: { S: `CAPTCHA#${captchaId}` }, [TABLE_KEYS.sort]: { S: 'CAPTCHA' } };
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item?.['answer']?.S;
  };
};
