import { describe, expect, it } from '@jest/globals';
import { DeadlineError, outcomeOfError } from '../../../shared/http/error-outcome.ts';
import { RefusedError } from '../../../shared/http/outcome.ts';
import type { Log } from '../../../shared/platform/logger.ts';

const named = (name: string, fields: object = {}): Error =>
  Object.assign(new Error('secret@example.com'), { name, ...fields });

const recorder = () => {
  const lines: unknown[] = [];
  const log: Log = (message, fields) => lines.push({ message, ...fields });
  return { lines, log };
};

describe('outcomeOfError', () => {
  it.each([
    ['a refusal of the stack', new RefusedError('TOKEN_EXPIRED'), 'TOKEN_EXPIRED'],
    ['a deadline', new DeadlineError('late'), 'TIMEOUT'],
    ['a wrong content type', named('UnsupportedMediaTypeError', { statusCode: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
    ['broken JSON', named('UnprocessableEntityError', { statusCode: 422 }), 'INVALID_JSON'],
    ['a throttled store', named('ProvisionedThroughputExceededException'), 'SERVICE_UNAVAILABLE'],
    ['a failure of KMS', named('KMSInternalException'), 'SERVICE_UNAVAILABLE'],
    ['a timeout of the network', named('TimeoutError'), 'SERVICE_UNAVAILABLE'],
    ['a store that is not there', named('Error', { code: 'ECONNREFUSED' }), 'SERVICE_UNAVAILABLE'],
    ['a bug', new TypeError('x is undefined'), 'INTERNAL_ERROR'],
    ['a thrown string', 'secret@example.com', 'INTERNAL_ERROR'],
  ])('%s', (_, error, code) => {
    const { log } = recorder();
    expect(outcomeOfError(error, log)).toMatchObject({ ok: false, code });
  });

  it('logs faults with name and place, never with the message', () => {
    const { lines, log } = recorder();
    outcomeOfError(named('SomeFault'), log);
    expect(JSON.stringify(lines)).toContain('SomeFault');
    expect(JSON.stringify(lines)).toContain('error-outcome.test');
    expect(JSON.stringify(lines)).not.toContain('secret@example.com');
  });

  it('does not log what the caller did wrong', () => {
    const { lines, log } = recorder();
    outcomeOfError(new RefusedError('TOKEN_EXPIRED'), log);
    outcomeOfError(named('UnprocessableEntityError', { statusCode: 422 }), log);
    expect(lines).toEqual([]);
  });
});
