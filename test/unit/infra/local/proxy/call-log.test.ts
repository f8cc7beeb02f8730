import { describe, expect, it } from '@jest/globals';
import {
  type Call,
  createCallLog,
  sequentialCalls,
  serverTiming,
} from '../../../../../infra/local/proxy/calls/call-log.ts';

const call = (startedAt: number, endedAt: number, label = 'GetItem users'): Call => ({ label, startedAt, endedAt });

describe('the call log', () => {
  it('collects by trace, between opening and closing only', () => {
    const log = createCallLog();
    log.record('a', call(0, 1));
    log.open('a');
    log.open('b');
    log.record('a', call(1, 2));
    log.record('b', call(2, 3));
    log.record('c', call(3, 4));
    expect(log.close('a')).toEqual([call(1, 2)]);
    log.record('a', call(4, 5));
    expect(log.close('a')).toEqual([]);
    expect(log.close('b')).toEqual([call(2, 3)]);
  });

  it('holds on to a thousand calls of a request at the most', () => {
    const log = createCallLog();
    log.open('a');
    for (let index = 0; index < 1_500; index += 1) log.record('a', call(index, index + 1));
    expect(log.close('a')).toHaveLength(1_000);
  });
});

describe('sequentialCalls', () => {
  it.each([
    [[], 0],
    [[call(0, 5)], 1],
    [[call(0, 5), call(5, 6)], 2],
    [[call(0, 5), call(1, 4), call(2, 9)], 1],
    [[call(0, 10), call(0, 3), call(3, 6), call(7, 9)], 3],
  ])('finds the longest chain in %j', (calls, expected) => {
    expect(sequentialCalls(calls)).toBe(expected);
  });
});

describe('serverTiming', () => {
  it('tells calls in the order of their start, and their numbers', () => {
    const calls = [call(2, 5.04, 'PutItem users'), call(0, 1.26)];
    expect(serverTiming(calls)).toBe(
      'aws;desc="GetItem users";dur=1.3, aws;desc="PutItem users";dur=3.0, aws-calls;desc="2", aws-sequential;desc="2"',
    );
  });

  it('stays a valid header of bearable length', () => {
    expect(serverTiming([call(0, 1, 'a"\r\nb: c, 中')])).toBe(
      'aws;desc="ab: c ";dur=1.0, aws-calls;desc="1", aws-sequential;desc="1"',
    );
    const many = serverTiming(Array.from({ length: 500 }, (_, index) => call(index, index + 1)));
    expect(many.length).toBeLessThan(4_000);
    expect(many).toContain('aws-calls;desc="500"');
  });
});
