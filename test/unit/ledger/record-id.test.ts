import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, integer, property } from 'fast-check';
import { newRecordId, timeKey, timeOfRecord } from '../../../shared/ledger/record-id.ts';

const LAST_MOMENT = Date.UTC(2059, 0, 1);
const anyTime = integer({ min: Date.UTC(2025, 0, 1), max: LAST_MOMENT });
const anyDrawn = integer({ min: 0, max: 1_023 });
const KINDS = ['transfer', 'convert', 'payment', 'deposit', 'adjustment'] as const;
const anyKind = constantFrom(...KINDS);
const drawing = (drawn: number) => ({ int: () => drawn });

describe('record ids', () => {
  it('are safe integers that say when they were made', () => {
    assert(
      property(anyTime, anyDrawn, anyKind, (at, drawn, kind) => {
        const id = newRecordId(at, drawing(drawn), kind);
        expect(Number.isSafeInteger(id)).toBe(true);
        expect(timeOfRecord(id)).toBe(at);
      }),
    );
  });

  it('differ by kind, whatever was drawn for the other', () => {
    assert(
      property(anyTime, anyDrawn, anyDrawn, anyKind, anyKind, (at, one, other, kind, otherKind) => {
        const same = newRecordId(at, drawing(one), kind) === newRecordId(at, drawing(other), otherKind);
        expect(same).toBe(one === other && kind === otherKind);
      }),
    );
  });

  it('keep the digits that records have been given', () => {
    const at = Date.UTC(2026, 5, 1);
    expect(KINDS.map((kind) => newRecordId(at, drawing(0), kind) % 8)).toEqual([0, 1, 2, 3, 4]);
  });

  it('grow with time, whatever was drawn', () => {
    const at = Date.UTC(2026, 5, 1);
    const last = newRecordId(at, drawing(1_023), 'adjustment');
    expect(newRecordId(at + 1, drawing(0), 'transfer')).toBeGreaterThan(last);
  });

  it('sort as text by their time keys', () => {
    assert(
      property(anyTime, anyTime, (one, other) => {
        expect(Math.sign(one - other)).toBe(timeKey(one) < timeKey(other) ? -1 : timeKey(one) > timeKey(other) ? 1 : 0);
      }),
    );
  });
});
