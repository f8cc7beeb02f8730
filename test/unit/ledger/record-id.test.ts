import { describe, expect, it } from '@jest/globals';
import { assert, integer, property } from 'fast-check';
import { newRecordId, timeKey, timeOfRecord } from '../../../shared/ledger/record-id.ts';

const LAST_MOMENT = Date.UTC(2059, 0, 1);
const anyTime = integer({ min: Date.UTC(2025, 0, 1), max: LAST_MOMENT });
const drawing = (drawn: number) => ({ bytes: (size: number) => new Uint8Array(size), int: () => drawn });

describe('record ids', () => {
  it('are safe integers that say when they were made', () => {
    assert(
      property(anyTime, integer({ min: 0, max: 8_191 }), (at, drawn) => {
        const id = newRecordId(at, drawing(drawn));
        expect(Number.isSafeInteger(id)).toBe(true);
        expect(timeOfRecord(id)).toBe(at);
      }),
    );
  });

  it('grow with time, whatever was drawn', () => {
    const at = Date.UTC(2026, 5, 1);
    expect(newRecordId(at + 1, drawing(0))).toBeGreaterThan(newRecordId(at, drawing(8_191)));
  });

  it('sort as text by their time keys', () => {
    assert(
      property(anyTime, anyTime, (one, other) => {
        expect(Math.sign(one - other)).toBe(timeKey(one) < timeKey(other) ? -1 : timeKey(one) > timeKey(other) ? 1 : 0);
      }),
    );
  });
});
