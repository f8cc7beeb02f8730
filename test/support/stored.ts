import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { loginLog } from '../../shared/contracts/endpoints/account/login-log.ts';
import { readLog } from '../../shared/identity/login-log.ts';
import { testTable } from './engine.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

const waiting = z.object({
  sk: z.string(),
  kind: z.string(),
  locale: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

/** Mails that wait to be sent to an address, the oldest first: what commits left in the outbox. */
export const waitingMails = async ({ client }: TestResources, to: string) => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: testTable('outbox') }));
  const mails = z.array(waiting).parse(Items.filter((item) => item['to'] === to));
  return mails.sort((left, right) => (left.sk < right.sk ? -1 : 1));
};

/** Everything that is stored in the tables of users, as one text to look for secrets in. */
export const storedText = async ({ client }: TestResources): Promise<string> => {
  const tables = ['users', 'outbox', 'ephemeral'] as const;
  const scans = await Promise.all(tables.map((table) => client.send(new ScanCommand({ TableName: testTable(table) }))));
  return JSON.stringify(
    scans.map(({ Items }) => Items),
    (_key, value: unknown) => (value instanceof Set ? [...value] : value),
  );
};

/** The operation codes in a user's log, newest first. */
export const loggedOperations = async (resources: TestResources, userId: string): Promise<readonly number[]> => {
  const { tables } = testFoundation(loginLog, resources).platform;
  const entries = await readLog(tables.users, userId, { pageSize: 100, pageNum: 1 });
  return entries.map(({ operationCode }) => operationCode);
};
