import { describe, expect, it } from '@jest/globals';
import { createLog, describeError } from '../../../shared/platform/logger.ts';

describe('createLog', () => {
  it('writes one JSON object a line, with level, time and what every line of the request carries', () => {
    const lines: string[] = [];
    const base: { endpoint: string; requestId?: string } = { endpoint: 'auth.login' };
    const log = createLog({ now: () => 0 }, base, (line) => lines.push(line));
    base.requestId = 'r1';
    log('REQUEST', { status: 200 });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        level: 'info',
        time: '1970-01-01T00:00:00.000Z',
        message: 'REQUEST',
        endpoint: 'auth.login',
        requestId: 'r1',
        status: 200,
      },
    ]);
  });
});

describe('describeError', () => {
  it('keeps name and frames, drops the message even where it has several lines', () => {
    const described = describeError(new RangeError('token=abc\n    and more of abc'));
    expect(described.error).toBe('RangeError');
    expect(described.stack?.[0]).toMatch(/^at /);
    expect(JSON.stringify(described)).not.toContain('abc');
  });

  it('tells only the type of what is no error', () => {
    expect(describeError('secret')).toEqual({ error: 'string' });
  });
});
