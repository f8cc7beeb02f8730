import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { accountItem, type AccountState, ACCOUNT_PREFIX } from '../../../shared/ledger/account.ts';
import { type Entry, entryItem } from '../../../shared/ledger/entry.ts';
import { type Journal, journalItem } from '../../../shared/ledger/journal.ts';
import { type Transfer, transferItem } from '../../../shared/ledger/transfer/transfer.ts';
import type { Item } from '../../../shared/platform/writes.ts';
import { testTable } from '../engine.ts';

/** A stored thing and where it lies. */
interface Stored<T> {
  readonly pk: string;
  readonly sk: string;
  readonly value: T;
}

/** All that the ledger's table says of money. */
export interface Everything {
  readonly accounts: readonly Stored<AccountState>[];
  readonly entries: readonly Stored<Entry>[];
  readonly journals: readonly Stored<Journal>[];
  readonly transfers: readonly Stored<Transfer>[];
}

const readAll = async (client: DynamoDBDocumentClient): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: testTable('ledger'), ConsistentRead: true, ExclusiveStartKey }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

/** Reads the whole ledger at rest: nothing may be written meanwhile. */
export const readEverything = async (client: DynamoDBDocumentClient): Promise<Everything> => {
  const items = await readAll(client);
  const of = <T>(prefix: string, parse: (item: Item) => T): readonly Stored<T>[] =>
    items
      .filter((item) => String(item['sk']).startsWith(prefix))
      .map((item) => ({ pk: String(item['pk']), sk: String(item['sk']), value: parse(item) }));
  return {
    accounts: of(ACCOUNT_PREFIX, (item) => accountItem.parse(item)),
    entries: of('ENTRY#', (item) => entryItem.parse(item)),
    journals: of('JOURNAL', (item) => journalItem.parse(item)),
    transfers: of('TRANSFER', (item) => transferItem.parse(item)),
  };
};
