import { describe, expect, it, jest } from '@jest/globals';
import { createFaults, type Fault } from '../../../../../infra/local/proxy/faults/faults.ts';

const FAULT: Fault = { service: 'dynamodb', mode: 'fail', rate: 1, delayMs: 0 };
const CALL = { service: 'dynamodb', operation: 'PutItem', functionName: 'register' } as const;

describe('faults', () => {
  it('strike a share of the calls, the same ones for the same seed', () => {
    const draws = (seed: number): readonly boolean[] => {
      const faults = createFaults(Math.random);
      faults.set({ ...FAULT, rate: 0.3, seed });
      return Array.from({ length: 1_000 }, () => faults.draw(CALL) !== undefined);
    };
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
    const share = draws(1).filter(Boolean).length / 1_000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it('draw from the given source without a seed: never at rate 0, always at rate 1', () => {
    const faults = createFaults(() => 0.5);
    const strikes = (rate: number): boolean => {
      faults.set({ ...FAULT, rate });
      return faults.draw(CALL) !== undefined;
    };
    expect([0, 0.5, 0.51, 1].map(strikes)).toEqual([false, false, true, true]);
  });

  it('strike only what they concern', () => {
    const faults = createFaults(() => 0);
    faults.set({ ...FAULT, operation: 'PutItem', functionName: 'register' });
    expect(faults.draw(CALL)?.fault.mode).toBe('fail');
    expect(faults.draw({ ...CALL, operation: 'GetItem' })).toBeUndefined();
    expect(faults.draw({ ...CALL, functionName: 'login' })).toBeUndefined();
    expect(faults.draw({ ...CALL, service: 's3' })).toBeUndefined();
  });

  it.each([
    ['conflict', 'PutItem', true],
    ['conflict', 'TransactWriteItems', true],
    ['conflict', 'GetItem', false],
    ['stale', 'Query', true],
    ['stale', 'TransactGetItems', false],
    ['stale', 'PutItem', false],
  ] as const)('of mode %s can strike %s: %s', (mode, operation, strikes) => {
    const faults = createFaults(() => 0);
    faults.set({ ...FAULT, mode });
    expect(faults.draw({ ...CALL, operation }) !== undefined).toBe(strikes);
  });

  it('count what they struck, from when they were set', () => {
    const onChange = jest.fn();
    const faults = createFaults(() => 0, onChange);
    faults.set(FAULT);
    faults.draw(CALL)?.count();
    faults.draw(CALL)?.count();
    expect(faults.present()).toEqual([{ ...FAULT, struck: 2 }]);
    faults.set({ ...FAULT, mode: 'slow' });
    expect(faults.present()).toEqual([{ ...FAULT, mode: 'slow', struck: 0 }]);
    expect([faults.isSet('dynamodb', 'slow'), faults.isSet('dynamodb', 'fail')]).toEqual([true, false]);
    faults.clear('dynamodb');
    expect(faults.present()).toEqual([]);
    expect(onChange).toHaveBeenCalledTimes(3);
  });
});
