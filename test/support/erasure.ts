import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentSweeper, erasure } from '../../shared/contracts/jobs.ts';
import { TABLE_NAMES } from '../../shared/contracts/resources.ts';
import { staffUserErasure } from '../../shared/contracts/staff/user-erasure.ts';
import { staffUserLegalHold } from '../../shared/contracts/staff/user-legal-hold.ts';
import { sweepDocuments } from '../../shared/kyc/images/sweep.ts';
import type { BucketService } from '../../shared/platform/bucket-service.ts';
import { DAY, HOUR } from '../../shared/platform/clock.ts';
import { orderErasure } from '../../shared/staff/erasure/order.ts';
import { runErasures } from '../../shared/staff/erasure/run.ts';
import { changeLegalHold } from '../../shared/staff/legal-hold.ts';
import type { StaffCaller } from '../../shared/staff/staff-caller.ts';
import { KIM } from './bookings.ts';
import { testTable } from './engine.ts';
import type { Identity } from './identity.ts';
import { JO } from './staff.ts';
import { testFoundation, testJobFoundation, type TestResources } from './test-platform.ts';

const textOf = (item: unknown): string =>
  JSON.stringify(item, (_key, value: unknown) => (value instanceof Set ? [...value] : value));

const before = (text: unknown): string => String(text).split('#')[0] ?? '';

/** Where an item lies, without what is its own: `users:LOG`, `ledger:TRANSFER`. */
const placeOf = (table: string, { pk, sk }: Record<string, unknown>): string =>
  `${table}:${before(pk) === 'USER' ? before(sk) : before(pk)}`;

/** Everything after the longest time that a session or counter lives, and more than five years. */
export const FIVE_YEARS = 5 * 366 * DAY;

/** Erasing of users, over a test's engine. */
export const erasureUseCases = ({ resources }: Identity) => {
  const { client } = resources;

  const order = (username: string, staff: StaffCaller = JO, body: { reason?: string; dryRun?: boolean } = {}) =>
    orderErasure(testFoundation(staffUserErasure, resources).platform, staff, username, {
      body: { reason: 'Asked for in writing.', ...body },
      locale: 'en',
    });

  /** Ordered by two of the staff. */
  const orderByTwo = async (username: string) => {
    await order(username);
    return order(username, KIM);
  };

  const hold = (username: string, held: boolean) =>
    changeLegalHold(testFoundation(staffUserLegalHold, resources).platform, JO, username, { held, reason: 'why' });

  /** A run of the job, over other resources where a test has some. */
  const run = (over: TestResources = resources) => runErasures(testJobFoundation(erasure, over).platform);

  /** The sweep of another hour, over a bucket that takes note of what it deletes. */
  const sweep = async (): Promise<readonly string[]> => {
    const deleted: string[] = [];
    const buckets: BucketService = {
      open: () => () => ({
        delete: (key) => {
          deleted.push(key);
          return Promise.resolve();
        },
      }),
    };
    resources.clock.advance(2 * HOUR);
    await sweepDocuments(testJobFoundation(documentSweeper, { ...resources, buckets }).platform);
    return deleted;
  };

  /** The places of all tables where a text is found, each once. */
  const placesOf = async (canary: string): Promise<readonly string[]> => {
    const found = new Set<string>();
    for (const table of TABLE_NAMES) {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName: testTable(table), ExclusiveStartKey }));
        for (const item of page.Items ?? []) if (textOf(item).includes(canary)) found.add(placeOf(table, item));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    }
    return [...found].sort();
  };

  return { order, orderByTwo, hold, run, sweep, placesOf };
};
