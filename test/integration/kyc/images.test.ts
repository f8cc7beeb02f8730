import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { BYTES, checksOf, documentUseCases } from '../../support/kyc-document-use-cases.ts';

describe('the documents of a user', () => {
  const identity = useIdentity();
  const setUp = () => documentUseCases(identity());
  const DATA = { contentType: 'image/png', size: BYTES.length };

  it('are taken, one of each type, and the newest of them kept', async () => {
    const { send, stored, sweep, objects, userId } = await setUp();
    const first = await send(1);
    const other = await send(2);
    const second = await send(1);
    expect([first, other, second]).toMatchObject(Array.from({ length: 3 }, () => ({ ok: true, data: DATA })));
    const id = second.ok ? second.data.id : '';
    expect(id.startsWith(`${userId}_`)).toBe(true);
    expect(await stored(id)).toMatchObject({ type: 1, status: 2, filename: `${id.slice(33)}.png` });
    expect(await stored(first.ok ? first.data.id : '')).toBeUndefined();
    expect(await sweep()).toEqual({ deleted: 1, failed: 0 });
    expect(objects.size).toBe(2);
    const key = (await stored(id))?.objectKey ?? '';
    expect(objects.has(key)).toBe(true);
    expect(await sweep()).toEqual({ deleted: 0, failed: 0 });
  });

  it.each([
    [{ level2: 1 }, 1, true],
    [{ level2: 2 }, 1, false],
    [{ level2: 3 }, 5, false],
    [{ level2: 4 }, 5, true],
    [{ level2: 2 }, 6, true],
    [{ level2: 3, level3: 2 }, 6, false],
    [{ level2: 3, level3: 3, accountAccepted: true }, 6, true],
    [{ level2: 3, level3: 4 }, 6, true],
  ] as const)('are taken by the state of their level: %j, type %i: %s', async (levels, type, ok) => {
    const { send, setLevels, objects } = await setUp();
    await setLevels(levels);
    expect(await send(type)).toMatchObject(ok ? { ok } : { ok, code: 'ILLEGAL_STATE' });
    expect(objects.size).toBe(ok ? 1 : 0);
  });

  it('do not slip in behind an application, and leave nothing in the bucket then', async () => {
    const { send, setLevels, sweep, objects } = await setUp();
    await setLevels({});
    const overtaken = checksOf(true, () => setLevels({ level2: 2 }));
    expect(await send(1, overtaken)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    await sweep();
    expect(objects.size).toBe(0);
  });

  it('are taken beside changes that have nothing to do with them', async () => {
    const { send, setLevels } = await setUp();
    expect(
      await send(
        1,
        checksOf(true, () => setLevels({ level1: 4 })),
      ),
    ).toMatchObject({ ok: true });
  });

  it('of one type, sent at once, leave one of them', async () => {
    const { send, sweep, objects } = await setUp();
    const results = await Promise.all(Array.from({ length: 3 }, () => send(3)));
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(results.flatMap((result) => (result.ok ? [] : [result.code]))).toEqual(
      results.flatMap(({ ok }) => (ok ? [] : ['UPDATE_FAILED'])),
    );
    await sweep();
    expect(objects.size).toBe(1);
  });

  it('that cannot be read, or are not clean, leave nothing', async () => {
    const { send, objects } = await setUp();
    expect(await send(1, checksOf(), Buffer.alloc(0))).toEqual({ ok: false, code: 'INVALID_FILE' });
    expect(await send(1, checksOf(false))).toEqual({ ok: false, code: 'INVALID_FILE' });
    expect(objects.size).toBe(0);
  });

  it('whose upload died are swept after an hour and not before, stored or not', async () => {
    const { send, sweep, state, objects, resources } = await setUp();
    state.failing = 'put';
    await expect(send(1)).rejects.toThrow('The bucket does not put.');
    Object.assign(state, { failing: '', dying: 'put' });
    await expect(send(1)).rejects.toThrow('It died.');
    state.dying = '';
    expect(objects.size).toBe(1);
    resources.clock.advance(-3_600_001);
    expect(await sweep()).toEqual({ deleted: 0, failed: 0 });
    expect(await sweep()).toEqual({ deleted: 2, failed: 0 });
    expect(objects.size).toBe(0);
  });

  it('are not entered any more once they were swept', async () => {
    const { send, sweep, state, objects } = await setUp();
    await send(1);
    const kept = [...objects.keys()];
    state.meanwhile = sweep;
    expect(await send(1)).toEqual({ ok: false, code: 'UPDATE_FAILED' });
    state.meanwhile = undefined;
    expect([...objects.keys()]).toEqual(kept);
  });

  it('that cannot be deleted are logged, and deleted by another sweep', async () => {
    const { send, sweep, state, objects, resources } = await setUp();
    await send(1);
    await send(1);
    state.failing = 'delete';
    expect(await sweep()).toEqual({ deleted: 0, failed: 1 });
    expect(resources.lines.filter((line) => line.includes('"OBJECT_LEFT"'))).toHaveLength(1);
    state.failing = '';
    expect(await sweep()).toEqual({ deleted: 1, failed: 0 });
    expect(objects.size).toBe(1);
  });
});
