import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { mailSweeper } from '../../shared/contracts/jobs.ts';
import { createMailSecrets } from '../../shared/identity/mail-secrets.ts';
import { createTransferUrl } from '../../shared/ledger/transfer/link.ts';
import { createDelivery, type Delivered } from '../../shared/mail/delivery.ts';
import { enqueue } from '../../shared/mail/outbox.ts';
import type { Notice } from '../../shared/mail/notices.ts';
import { sweepOutbox } from '../../shared/mail/sweep.ts';
import type { Item, Key } from '../../shared/platform/writes.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { createTable } from '../../shared/platform/table.ts';
import { testTable } from './engine.ts';
import { testJobFoundation, type TestResources } from './test-platform.ts';

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** The outbox of a test's engine, with the sender and the sweeper over it. */
export const testOutbox = (resources: TestResources) => {
  const { platform, variables } = testJobFoundation(mailSweeper, resources);
  const table = createTable(resources.client, testTable('outbox'));
  const deliver = createDelivery(platform, {
    ...createMailSecrets(platform, variables.PUBLIC_URL),
    transferUrl: createTransferUrl(platform, variables.PUBLIC_URL),
  });

  const items = async (): Promise<readonly (Item & Key)[]> => {
    const { Items = [] } = await resources.client.send(new ScanCommand({ TableName: testTable('outbox') }));
    return Items.map((item) => itemSchema.parse(item));
  };

  return {
    table,
    commit: platform.commit,
    deliver,
    items,
    /** What a transaction does that is followed by this mail. */
    queue: async (notice: Notice): Promise<void> => {
      await platform.commit([
        enqueue(table, { random: systemRandom, now: resources.clock.now(), requestId: 'request-1' }, notice),
      ]);
    },
    /** What the stream does: tries every mail that is there once. */
    deliverAll: async (): Promise<readonly Delivered[]> => {
      const all: Delivered[] = [];
      for (const { pk, sk } of await items()) all.push(await deliver({ pk, sk }));
      return all;
    },
    sweep: () => sweepOutbox(platform, deliver),
  };
};
