import * as z from 'zod';
import { item, type ItemKey, type Versions } from './versions.ts';

const write = z.object({ TableName: z.string(), Item: item.optional(), Key: item.optional() });

const transaction = z.object({ TransactItems: z.array(z.record(z.string(), write)) });

const batch = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: item }).optional(),
        DeleteRequest: z.object({ Key: item }).optional(),
      }),
    ),
  ),
});

const single = write.transform((one) => [one]);

/** The writes of each operation that writes, in one form. */
const WRITES: Readonly<Record<string, z.ZodType<readonly z.output<typeof write>[]>>> = {
  PutItem: single,
  UpdateItem: single,
  DeleteItem: single,
  TransactWriteItems: transaction.transform(({ TransactItems }) =>
    TransactItems.flatMap((one) =>
      Object.entries(one).flatMap(([kind, written]) => (kind === 'ConditionCheck' ? [] : [written])),
    ),
  ),
  BatchWriteItem: batch.transform(({ RequestItems }) =>
    Object.entries(RequestItems).flatMap(([TableName, requests]) =>
      requests.map(({ PutRequest, DeleteRequest }) => ({ TableName, Item: PutRequest?.Item, Key: DeleteRequest?.Key })),
    ),
  ),
};

/** The keys of the items that a call writes; none when it writes nothing. */
export const writtenKeys = (operation: string, payload: unknown, keyOf: Versions['keyOf']): readonly ItemKey[] => {
  const writes = (Object.hasOwn(WRITES, operation) ? WRITES[operation] : undefined)?.safeParse(payload);
  return (writes?.data ?? []).flatMap(({ TableName, Item, Key }) => keyOf(TableName, Item ?? Key ?? {}) ?? []);
};
