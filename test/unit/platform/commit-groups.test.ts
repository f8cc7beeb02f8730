import { describe, expect, it } from '@jest/globals';
import { commitGroups } from '../../../shared/platform/commit-groups.ts';
import { put, type Write } from '../../../shared/platform/writes.ts';

const write = (sk: string): Write => put('table', { pk: 'a', sk });

describe('commitGroups', () => {
  it('does the writes of all groups in their order', async () => {
    const seen: (readonly Write[])[] = [];
    const commit = (writes: readonly Write[]) => {
      seen.push(writes);
      return Promise.resolve({ committed: true as const, item: undefined });
    };
    const groups = { factor: [write('1')], nothing: [], money: [write('2'), write('3')] };
    expect(await commitGroups(commit, groups)).toEqual({ committed: true });
    expect(seen).toEqual([[write('1'), write('2'), write('3')]]);
  });

  it('names the groups that were refused, with the first item that stood in the way of each', async () => {
    const refusals = [
      { index: 1, item: { n: 1 } },
      { index: 2, item: { n: 2 } },
      { index: 3, item: undefined },
    ];
    const commit = () => Promise.resolve({ committed: false as const, refusals });
    const groups = { factor: [write('1')], money: [write('2'), write('3')], seen: [write('4')] };
    const result = await commitGroups(commit, groups);
    const expected = new Map([
      ['money', { n: 1 }],
      ['seen', undefined],
    ]);
    expect(result).toEqual({ committed: false, refused: expected });
  });
});
