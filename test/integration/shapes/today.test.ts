import { beforeAll, expect, it } from '@jest/globals';
import { KNOWN_SHAPE, WRITTEN_SHAPE } from '../../../shared/platform/item-shape.ts';
import { useIdentity } from '../../support/identity.ts';
import {
  DURABLE_TABLES,
  kindOf,
  recordedShapes,
  recordShape,
  storedItems,
  yesterdayItems,
} from '../../support/yesterday/fixtures.ts';
import { liveYesterday } from '../../support/yesterday/journey.ts';

const identity = useIdentity();

beforeAll(async () => {
  const facts = await liveYesterday(identity());
  const shape = process.env['RECORD_SHAPE'];
  if (shape !== undefined) await recordShape(identity().engine, `shape-${shape}`, facts);
});

it.each(DURABLE_TABLES)('every item of %s says its shape', async (table) => {
  const items = await storedItems(identity().engine, table);
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter(({ v }) => v?.N !== String(WRITTEN_SHAPE))).toEqual([]);
});

it('what does not outlive a deployment says none', async () => {
  const items = await storedItems(identity().engine, 'ephemeral');
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter(({ v }) => v !== undefined)).toEqual([]);
});

it.each(DURABLE_TABLES)('there is a recorded item of every kind in %s', async (table) => {
  const recorded = new Set(recordedShapes().flatMap((shape) => yesterdayItems(shape, table).map(kindOf)));
  const kinds = new Set((await storedItems(identity().engine, table)).map(kindOf));
  expect([...kinds].filter((kind) => !recorded.has(kind))).toEqual([]);
});

it('the release before reads what this one writes', () => {
  expect(WRITTEN_SHAPE).toBeLessThanOrEqual(KNOWN_SHAPE);
});
