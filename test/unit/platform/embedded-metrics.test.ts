import { describe, expect, it } from '@jest/globals';
import { ZodError } from 'zod';
import { METRICS } from '../../../shared/contracts/metrics.ts';
import type { LogFields } from '../../../shared/platform/log-messages.ts';
import { createLog } from '../../../shared/platform/logger.ts';
import { embeddedMetrics } from '../../support/embedded-metrics.ts';

const NOW = Date.UTC(2026, 0, 2);

const logInto = (lines: string[], namespace?: string) => {
  const base: LogFields = { endpoint: 'auth.login', requestId: 'r1' };
  return createLog({ now: () => NOW }, base, (line) => lines.push(line), namespace);
};

describe('what is measured', () => {
  it('stands in the one line of the request, in the format that CloudWatch reads', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'BitGin/test');
    log('REQUEST', { status: 200, code: 1, outcome: 'SUCCESS' }, { Latency: 12, LoginsSucceeded: 1 });
    expect(lines).toHaveLength(1);
    expect(lines.flatMap(embeddedMetrics)).toEqual([
      {
        namespace: 'BitGin/test',
        name: 'Latency',
        unit: 'Milliseconds',
        dimensions: { endpoint: 'auth.login', outcome: 'SUCCESS' },
        value: 12,
      },
      {
        namespace: 'BitGin/test',
        name: 'LoginsSucceeded',
        unit: 'Count',
        dimensions: { endpoint: 'auth.login' },
        value: 1,
      },
    ]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'REQUEST', status: 200, _aws: { Timestamp: NOW } });
  });

  it('names in each line what that line measures, whatever was measured before', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'BitGin/test');
    const outcome = 'SUCCESS';
    log('REQUEST', { outcome }, { Latency: 1, LoginsSucceeded: 1 });
    log('REQUEST', { outcome }, { Latency: 2 });
    log('REQUEST', { outcome }, { Latency: 3, LoginsSucceeded: 1 });
    const names = lines.map((line) => embeddedMetrics(line).map(({ name, value }) => [name, value]));
    expect(names).toEqual([
      [
        ['Latency', 1],
        ['LoginsSucceeded', 1],
      ],
      [['Latency', 2]],
      [
        ['Latency', 3],
        ['LoginsSucceeded', 1],
      ],
    ]);
  });

  it('is valid for every metric of the catalogue at once', () => {
    const lines: string[] = [];
    const measured = Object.fromEntries(Object.keys(METRICS).map((name) => [name, 1]));
    logInto(lines, 'BitGin/test')('REQUEST', { outcome: 'SUCCESS' }, measured);
    expect(
      lines
        .flatMap(embeddedMetrics)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(METRICS).sort());
  });

  it('is no metric where the function has no namespace', () => {
    const lines: string[] = [];
    logInto(lines)('REQUEST', { status: 404 }, { Latency: 1 });
    expect(lines[0]).not.toContain('_aws');
  });
});

describe('the check of the format', () => {
  it.each([
    ['a metric that is not there', { Metrics: [{ Name: 'Absent' }] }],
    ['a dimension that is no string', { Dimensions: [['number']] }],
    ['a unit that CloudWatch has not', { Metrics: [{ Name: 'Latency', Unit: 'Minutes' }] }],
    ['no dimensions', { Dimensions: [[]] }],
  ])('finds %s', (_what, change) => {
    const directive = { Namespace: 'x', Dimensions: [['text']], Metrics: [{ Name: 'Latency' }], ...change };
    const root = { _aws: { Timestamp: 1, CloudWatchMetrics: [directive] }, text: 'a', number: 1, Latency: 1 };
    expect(() => embeddedMetrics(JSON.stringify(root))).toThrow(ZodError);
  });
});
