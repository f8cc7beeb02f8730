import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { defineEndpoint, type Result } from '../../shared/contracts/endpoint.ts';
import { checkOutput, InvalidOutputError } from '../../shared/http/validate.ts';

/** A contract with each kind of code: plain, with a placeholder, with data. */
const contract = defineEndpoint({
  id: 'test.types',
  chapter: '3.1',
  method: 'POST',
  path: '/v1/types',
  summary: 'Not part of the registry',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  data: z.object({ name: z.string() }),
  codes: ['NOT_FOUND', 'RATE_LIMITED', 'WRONG_CREDENTIALS'],
  errorData: { WRONG_CREDENTIALS: z.object({ wrongTime: z.int() }) },
  successMessage: null,
  uses: {},
  example: { data: { name: 'x' } },
});

type Outcome = Result<typeof contract>;

// Each line below an expectation must not compile: `tsc` fails when one of them does.
const REFUSED: readonly Outcome[] = [
  // @ts-expect-error -- the contract does not list this code
  { ok: false, code: 'CONFLICT' },
  // @ts-expect-error -- nobody lists this code
  { ok: false, code: 'NO_SUCH_CODE' },
  // @ts-expect-error -- the text asks for {seconds}
  { ok: false, code: 'RATE_LIMITED' },
  // @ts-expect-error -- the text of this code has no placeholder
  { ok: false, code: 'NOT_FOUND', params: { field: 'x' } },
  // @ts-expect-error -- this code carries data
  { ok: false, code: 'WRONG_CREDENTIALS' },
  // @ts-expect-error -- this code carries other data
  { ok: false, code: 'WRONG_CREDENTIALS', data: { wrongTime: 'twice' } },
  // @ts-expect-error -- this code carries none
  { ok: false, code: 'NOT_FOUND', data: { wrongTime: 1 } },
  // @ts-expect-error -- success has this contract's data
  { ok: true, data: { title: 'x' } },
  // @ts-expect-error -- this contract issues no token
  { ok: true, data: { name: 'x' }, token: 'x' },
];

const ACCEPTED: readonly Outcome[] = [
  { ok: true, data: { name: 'x' } },
  { ok: false, code: 'NOT_FOUND' },
  { ok: false, code: 'RATE_LIMITED', params: { seconds: '42' }, retryAfter: 42 },
  { ok: false, code: 'WRONG_CREDENTIALS', data: { wrongTime: 1 } },
];

const log = () => undefined;

describe('what a handler may return', () => {
  it('is refused by the types in every case above, and by the stack where a cast got past them', () => {
    const [unlisted] = REFUSED;
    expect(REFUSED).toHaveLength(9);
    expect(unlisted && (() => checkOutput(contract, unlisted, log))).toThrow(InvalidOutputError);
  });

  it.each(ACCEPTED)('is accepted where the contract says so: %j', (outcome) => {
    expect(checkOutput(contract, outcome, log)).toMatchObject(outcome);
  });
});
