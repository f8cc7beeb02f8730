import { describe, expect, it } from '@jest/globals';
import {
  KNOWN_SHAPE,
  NewerShapeError,
  ofKnownShape,
  shaped,
  shapedUpdate,
  WRITTEN_SHAPE,
} from '../../../shared/platform/item-shape.ts';

const SAID = 'v = if_not_exists(v, :writtenShape)';
const UNDERSTOOD = '(attribute_not_exists(v) OR v <= :knownShape)';

describe('the shape of items', () => {
  it.each([undefined, {}, { v: 0 }, { v: KNOWN_SHAPE }])('is known of %j', (item) => {
    expect(ofKnownShape(item)).toBe(item);
  });

  it.each([KNOWN_SHAPE + 1, KNOWN_SHAPE + 0.5, Number.NaN, '1', null])('is not known where it says %p', (v) => {
    expect(() => ofKnownShape({ v })).toThrow(NewerShapeError);
  });

  it('is said by what is put, whatever it said before', () => {
    expect(shaped({ pk: 'a', v: 0 })).toEqual({ pk: 'a', v: WRITTEN_SHAPE });
  });

  it.each([
    ['SET a = :a', `SET ${SAID}, a = :a`],
    ['SET a = :a REMOVE b', `SET ${SAID}, a = :a REMOVE b`],
    ['ADD a :a SET b = :b', `ADD a :a SET ${SAID}, b = :b`],
    ['ADD OFFSET :a', `SET ${SAID} ADD OFFSET :a`],
    ['REMOVE a', `SET ${SAID} REMOVE a`],
  ])('is said by the update %s', (update, expected) => {
    const spec = shapedUpdate({ update, values: { ':a': 1 } });
    expect(spec).toEqual({
      update: expected,
      condition: UNDERSTOOD,
      values: { ':a': 1, ':knownShape': KNOWN_SHAPE, ':writtenShape': WRITTEN_SHAPE },
    });
  });

  it('is a condition beside that of the update', () => {
    const { condition, names } = shapedUpdate({
      update: 'SET #a = :a',
      condition: 'a = :a OR b = :a',
      names: { '#a': 'a' },
    });
    expect(condition).toBe(`${UNDERSTOOD} AND (a = :a OR b = :a)`);
    expect(names).toEqual({ '#a': 'a' });
  });
});
