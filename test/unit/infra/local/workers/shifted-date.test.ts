import { afterEach, describe, expect, it } from '@jest/globals';
import { FUNCTION_MODES } from '../../../../../infra/local/workers/functions.ts';
import { startFunction, stopFunctions } from './function-fixture.ts';

const DAY = 24 * 3_600_000;

afterEach(stopFunctions);

describe.each(FUNCTION_MODES)('the clock of functions that run as %s', (mode) => {
  const SEES = `
    const kept = Date; const { now } = Date; const loadedAt = Date.now();
    exports.handler = async () => ({
      now: Date.now(), loadedAt, new: new Date().getTime(), called: Date.parse(Date()), kept: new kept().getTime(), taken: now(),
      viaInstance: new (new Date(0).constructor)().getTime(),
      subclass: new (class extends Date {})().getTime(),
    })`;

  const expectShifted = (seen: unknown, offsetMs: number, names: readonly string[]): void => {
    for (const name of names) {
      expect(seen).toMatchObject({ [name]: expect.any(Number) });
      const value = Number(Object.entries(seen ?? {}).find(([key]) => key === name)?.[1]);
      expect(Math.abs(value - Date.now() - offsetMs)).toBeLessThan(10_000);
    }
  };

  const NOW = ['now', 'new', 'called', 'kept', 'taken', 'viaInstance', 'subclass'];

  it('shifts at the next invocation, and back', async () => {
    const { clock, result, functions } = startFunction(SEES, { mode });
    expectShifted(await result(), 0, NOW);
    clock.shiftTo(3 * DAY);
    expectShifted(await result(), 3 * DAY, NOW);
    clock.shiftTo(-DAY);
    expectShifted(await result(), -DAY, NOW);
    clock.shiftTo(0);
    expectShifted(await result(), 0, [...NOW, 'loadedAt']);
    expect(functions.workers()).toBe(1);
  });

  it('is shifted for new workers from the start', async () => {
    const { clock, result } = startFunction(SEES, { mode });
    clock.shiftTo(DAY);
    expectShifted(await result(), DAY, ['loadedAt', 'now']);
  });

  it('keeps everything else that Date does', async () => {
    const { clock, result } = startFunction(
      `exports.handler = async () => {
        const date = new Date(2026, 0, 31, 12);
        class Later extends Date { later() { return true; } }
        return {
          value: new Date(5).getTime(), text: new Date('2026-01-02T03:04:05Z').toISOString(), parts: date.getMonth(),
          utc: Date.UTC(2026, 1, 3), parsed: Date.parse('1970-01-01T00:00:01Z'), copy: new Date(date).getTime() === date.getTime(),
          isInstance: date instanceof Date, fromNode: require('node:fs').statSync(__filename).mtime instanceof Date,
          tag: Object.prototype.toString.call(date), name: Date.name, length: Date.length, own: date.constructor === Date,
          called: typeof Date(1), invalid: String(new Date('x')), undefinedIsNotNow: Number.isNaN(new Date(undefined).getTime()),
          subclass: new Later().later() && new Later() instanceof Date, enumerable: Object.keys(Date), json: JSON.stringify(new Date(0)),
          clone: structuredClone(date) instanceof Date, prototype: Object.getPrototypeOf(date) === Date.prototype,
        };
      }`,
      { mode },
    );
    clock.shiftTo(DAY);
    await expect(result()).resolves.toStrictEqual({
      value: 5,
      text: '2026-01-02T03:04:05.000Z',
      parts: 0,
      utc: 1_770_076_800_000,
      parsed: 1_000,
      copy: true,
      isInstance: true,
      fromNode: true,
      tag: '[object Date]',
      name: 'Date',
      length: 7,
      own: true,
      called: 'string',
      invalid: 'Invalid Date',
      undefinedIsNotNow: true,
      subclass: true,
      enumerable: [],
      json: '"1970-01-01T00:00:00.000Z"',
      clone: true,
      prototype: true,
    });
  });

  it('leaves timers alone', async () => {
    const { clock, result } = startFunction(
      'exports.handler = async () => { const at = performance.now(); await new Promise((done) => setTimeout(done, 50)); return performance.now() - at; }',
      { mode },
    );
    clock.shiftTo(DAY);
    const elapsed = Number(await result());
    expect(elapsed).toBeGreaterThan(40);
    expect(elapsed).toBeLessThan(5_000);
  });
});
