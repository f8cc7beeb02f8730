import { setTimeout as sleep } from 'node:timers/promises';
import type { Core, TableWith } from '../../platform/platform.ts';
import { StoreBusyError } from '../../platform/table.ts';
import type { Item, Key } from '../../platform/writes.ts';

/** What verifying takes. */
export interface Verifying extends Pick<Core, 'clock' | 'random'> {
  readonly tables: { readonly ledger: TableWith<'scan' | 'query' | 'get' | 'batchGet'> };
}

/** Gives an item that was looked up; `undefined` where there is none. */
export type Find = (key: Key) => Item | undefined;

/** Keys that DynamoDB takes in one batch. */
const BATCH = 100;

/** Batches that are read at once. */
const PARALLEL = 4;

const ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 100;

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

const readBatch = async ({ tables, random }: Verifying, keys: readonly Key[]): Promise<readonly Item[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tables.ledger.batchGet(keys);
    } catch (error) {
      if (!(error instanceof StoreBusyError) || attempt === ATTEMPTS) throw error;
      await sleep(random.int(FIRST_BACKOFF_MS * 2 ** attempt));
    }
  }
};

/**
 * Reads items wherever they lie, each once.
 *
 * @throws StoreBusyError when the store is throttled for longer than the attempts.
 */
export const lookUp = async (verifying: Verifying, keys: readonly Key[]): Promise<Find> => {
  const wanted = [...new Map(keys.map((key) => [nameOf(key), { pk: key.pk, sk: key.sk }])).values()];
  const batches = Array.from({ length: Math.ceil(wanted.length / BATCH) }, (_, index) =>
    wanted.slice(index * BATCH, (index + 1) * BATCH),
  );
  const found = new Map<string, Item>();
  const readOn = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      for (const item of await readBatch(verifying, batch))
        found.set(nameOf({ pk: String(item['pk']), sk: String(item['sk']) }), item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, readOn));
  return (key) => found.get(nameOf(key));
};
