import { describe, expect, it } from '@jest/globals';
import { staffLedgerVerify } from '../../../../shared/contracts/staff/ledger-verify.ts';
import { type Cursor, cursorText, parseCursor } from '../../../../shared/ledger/verify/cursor.ts';

const HOUR_STATE = { class: 'FLOW', asset: 'TWD', hour: 492_000, seen: 3 } as const;

const SETTLED = {
  amount: 10n ** 38n - 1n,
  entries: 9_999_999_999,
  upTo: 'ENTRY#BTC#available#1771200000000#transfer-1234567890123456-release',
  ended: true,
} as const;

const BTC = {
  asset: 'BTC',
  kind: 'available',
  rest: -(10n ** 37n),
  entries: 2,
  negative: false,
  settled: SETTLED,
} as const;

const TALLY = {
  userId: 'a'.repeat(32),
  accounts: [BTC],
  seconds: null,
  rows: HOUR_STATE,
} as const;

const AFTER = { pk: `USER#${TALLY.userId}`, sk: 'ROW#FLOW#TWD#1771200000000#1' } as const;

const textOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const tallied = (rest: unknown) => ({ ...TALLY, accounts: [{ ...BTC, rest, settled: { ...SETTLED, amount: '5' } }] });

describe('the cursor of a pass over the ledger', () => {
  it('is read back as it was, with every digit', () => {
    const at: Cursor = { after: AFTER, tally: { ...TALLY, accounts: [...TALLY.accounts] } };
    expect(parseCursor(cursorText(at))).toEqual(at);
    expect(parseCursor(cursorText({ after: AFTER, tally: null }))).toEqual({ after: AFTER, tally: null });
    expect(parseCursor(textOf({ after: AFTER, tally: tallied('12') }))).toBeDefined();
  });

  it('is no longer than an address may carry it, whatever a user has', () => {
    const tally = { ...TALLY, accounts: Array.from({ length: 10 }, () => BTC), seconds: HOUR_STATE };
    const { cursor } = staffLedgerVerify.query.parse({ cursor: cursorText({ after: AFTER, tally }) });
    expect(cursor).toBeDefined();
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['of another version', textOf({ after: AFTER })],
    ['with an empty key, which no store takes', textOf({ after: { pk: '', sk: '' }, tally: null })],
    ['with a key longer than a store takes', textOf({ after: { pk: 'x'.repeat(2049), sk: 'y' }, tally: null })],
    ['with a key that is no text', textOf({ after: { pk: 'USER#\uD800', sk: 'y' }, tally: null })],
    [
      'of an hour that no calendar has',
      textOf({ after: AFTER, tally: { ...TALLY, accounts: [], rows: { ...HOUR_STATE, hour: 9e15 } } }),
    ],
    ['with an amount that is a double', textOf({ after: AFTER, tally: tallied(1.5) })],
    ['with an amount of digits without end', textOf({ after: AFTER, tally: tallied('9'.repeat(61)) })],
  ])('is none that is %s', (_what, text) => {
    expect(parseCursor(text)).toBeUndefined();
  });
});
