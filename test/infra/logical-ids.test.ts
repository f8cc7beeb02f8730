import { describe, expect, it } from '@jest/globals';
import { idsIn, type LogicalIds, readPinned } from './logical-ids.ts';
import { synthesized } from './synthesized.ts';

const prod = await synthesized('prod');

const LOST =
  'CloudFormation would delete these resources and make others in their place, with whatever they hold. ' +
  'Give the constructs their old ids back. If they are to go, delete their lines from test/infra/logical-ids.json.';
const NEW = 'These resources are not pinned yet. Run: npx node test/infra/logical-ids.ts';

const complaint = (what: string, ids: readonly string[]): string =>
  ids.length > 0 ? `${what}\n${ids.join('\n')}` : '';

const differences = (from: LogicalIds, to: LogicalIds): readonly string[] =>
  Object.entries(from).flatMap(([id, type]) => (to[id] === type ? [] : [`${id} (${type})`]));

describe('the logical ids of prod', () => {
  const pinned = readPinned();
  const present = idsIn(prod);

  it('stay what they are', () => {
    expect(complaint(LOST, differences(pinned, present))).toBe('');
  });

  it('are pinned from their first day', () => {
    expect(complaint(NEW, differences(present, pinned))).toBe('');
  });

  it('do not depend on the stage or the account', () => {
    expect(Object.keys(present).filter((id) => /prod/i.test(id))).toEqual([]);
  });
});
