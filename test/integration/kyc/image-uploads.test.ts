import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { BYTES, documentUseCases } from '../../support/kyc-document-use-cases.ts';

describe('documents that are posted to the bucket', () => {
  const identity = useIdentity();
  const setUp = () => documentUseCases(identity());
  const DATA = { contentType: 'image/png', size: BYTES.length };

  it('are posted by a form and completed once', async () => {
    const { start, complete, stored, sweep, objects, resources } = await setUp();
    const started = await start();
    if (!started.ok) throw new Error(started.code);
    const { id, fields, expiresAt } = started.data;
    expect(expiresAt).toBe(resources.clock.now() + 600_000);
    expect(await complete(id)).toEqual({ ok: false, code: 'INVALID_FILE' });
    objects.set(fields['key'] ?? '', BYTES);
    const results = await Promise.all([complete(id), complete(id)]);
    expect(results.filter(({ ok }) => ok)).toContainEqual({ ok: true, data: expect.objectContaining({ ...DATA, id }) });
    expect(await complete(id)).toMatchObject({ ok: true, data: { id } });
    expect(await stored(id)).toMatchObject({ type: 1, status: 2 });
    await sweep();
    expect([...objects.keys()]).toEqual([(await stored(id))?.objectKey]);
  });

  it('are not what the form was for: refused, and the form can be posted again', async () => {
    const { start, complete, objects } = await setUp();
    const started = await start(1, 5);
    if (!started.ok) throw new Error(started.code);
    const { id, fields } = started.data;
    objects.set(fields['key'] ?? '', BYTES);
    expect(await complete(id)).toEqual({ ok: false, code: 'INVALID_FILE' });
    objects.set(fields['key'] ?? '', BYTES.subarray(0, 5));
    expect(await complete(id)).toMatchObject({ ok: true });
  });

  it('cannot be completed after an hour, by others, or after a newer form of their type', async () => {
    const { start, complete, resources } = await setUp();
    const [first] = [await start()];
    if (!first.ok) throw new Error(first.code);
    const other = await setUp();
    expect(await other.complete(first.data.id)).toEqual({ ok: false, code: 'NOT_FOUND' });
    resources.clock.advance(1);
    const second = await start();
    expect(await complete(first.data.id)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await complete(second.ok ? second.data.id : '')).toEqual({ ok: false, code: 'INVALID_FILE' });
    resources.clock.advance(3_600_000);
    expect(await complete(second.ok ? second.data.id : '')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });

  it('are given no form, and not completed, while their level is under review', async () => {
    const { start, complete, setLevels, objects } = await setUp();
    const started = await start();
    if (!started.ok) throw new Error(started.code);
    await setLevels({ level2: 2 });
    expect(await start()).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    objects.set(started.data.fields['key'] ?? '', BYTES);
    expect(await complete(started.data.id)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });
});
