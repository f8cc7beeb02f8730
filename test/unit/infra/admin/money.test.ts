import { describe, expect, it } from '@jest/globals';
import { BOOKING_COMMANDS } from '../../../../infra/admin/bookings.ts';
import type { Context } from '../../../../infra/admin/command.ts';
import { LEDGER_COMMANDS } from '../../../../infra/admin/ledger.ts';
import { runCommand } from '../../../../infra/admin/run.ts';
import { TICKER_COMMANDS } from '../../../../infra/admin/tickers.ts';
import type { EndpointSpec } from '../../../../shared/contracts/endpoint.ts';
import { staffLedgerVerify } from '../../../../shared/contracts/staff/ledger-verify.ts';

interface Sent {
  readonly id: string;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const COMMANDS = [...BOOKING_COMMANDS, ...TICKER_COMMANDS, ...LEDGER_COMMANDS];

/** Runs a command over an API that gives these answers one after the other, and tells what was sent. */
const run = async (answers: readonly unknown[], ...args: readonly string[]) => {
  const sent: Sent[] = [];
  const context: Context = {
    call: (endpoint: EndpointSpec, { params, query, body }, data) => {
      endpoint.body?.parse(body);
      endpoint.query?.parse(query);
      sent.push({ id: endpoint.id, params, query, body });
      return Promise.resolve(data.parse(answers[sent.length - 1]));
    },
    readFile: () => Promise.reject(new Error('no such file')),
    now: () => 0,
    newId: () => 'drawn-key',
    aws: () => {
      throw new Error('No AWS in this test.');
    },
  };
  const [printed, complaints] = [[] as string[], [] as string[]];
  const output = { print: (text: string) => printed.push(text), complain: (text: string) => complaints.push(text) };
  const code = await runCommand(COMMANDS, args, () => context, output);
  return { code, sent, printed: printed.join('\n'), complaints: complaints.join('\n') };
};

const BOOKED = { status: 'booked', id: 409_283_746_501_632, approveUntil: null };
const AWAITING = { status: 'awaiting-approval', id: null, approveUntil: Date.UTC(2026, 0, 1) };

describe('deposits add', () => {
  it('sends one reference and shows the record', async () => {
    const { sent, printed, code } = await run(
      [BOOKED],
      'deposits',
      'add',
      'peter',
      'TWD',
      '10.50',
      '--bank-ref',
      'A 1',
    );
    expect(sent).toEqual([
      {
        id: 'admin.deposits',
        params: undefined,
        body: { username: 'peter', asset: 'TWD', amount: '10.5', bankRef: 'A 1' },
      },
    ]);
    expect(printed).toContain('409283746501632');
    expect(code).toBe(0);
  });

  it('says what another one of the staff has to do', async () => {
    const { printed } = await run([AWAITING], 'deposits', 'add', 'peter', 'TWD', '400000', '--bank-ref', "it's");
    expect(printed).toContain(`npm run admin -- deposits add peter TWD 400000 --bank-ref 'it'\\''s'`);
    expect(printed).toContain('2026-01-01 00:00:00Z');
  });
});

describe('adjustments', () => {
  it('take with a minus and add without, under a key that is drawn or given', async () => {
    const taken = await run([BOOKED], 'adjustments', 'take', 'peter', 'USDT', '5', '--reason', 'why');
    expect(taken.sent[0]?.body).toEqual({ asset: 'USDT', amount: '-5', reason: 'why', idempotencyKey: 'drawn-key' });
    const added = await run([AWAITING], 'adjustments', 'add', 'peter', 'USDT', '5', '--reason', 'why', '--key', 'k');
    expect(added.sent[0]?.body).toEqual({ asset: 'USDT', amount: '5', reason: 'why', idempotencyKey: 'k' });
    expect(added.printed).toContain(`adjustments add peter USDT 5 --reason 'why' --key 'k'`);
  });

  it('take no sign', async () => {
    const signed = await run([BOOKED], 'adjustments', 'add', 'peter', 'USDT', '+5', '--reason', 'why');
    expect(signed).toMatchObject({ code: 2, sent: [] });
  });
});

describe('tickers set', () => {
  it('sends the price', async () => {
    const { sent } = await run([null], 'tickers', 'set', 'BTC', '2750000.5');
    expect(sent).toEqual([{ id: 'admin.tickers', params: { base: 'BTC' }, body: { lastPrice: '2750000.5' } }]);
  });
});

describe('ledger verify', () => {
  const part = staffLedgerVerify.example.data;
  const sound = { ...part, problems: [], next: null };

  it('goes on to the end, adds up exactly, and ends with 0 where nothing is wrong', async () => {
    const first = { ...sound, next: 'cursor' };
    const { sent, printed, code } = await run([first, sound], 'ledger', 'verify', '--json');
    expect(sent.map(({ query }) => query)).toEqual([{}, { cursor: 'cursor' }]);
    expect(JSON.parse(printed)).toMatchObject({
      checked: { items: 2480, entries: 1040 },
      sums: expect.arrayContaining([
        { asset: 'USDT', users: '5001.000000', house: '-5001.000000', difference: '0.000000' },
      ]),
      problems: [],
    });
    expect(code).toBe(0);
  });

  it('does not say of what never held still that nothing is wrong with it', async () => {
    const busy = { ...sound, checked: { ...part.checked, unsettled: 3 } };
    expect((await run([sound], 'ledger', 'verify')).printed).toContain('Nothing is wrong.');
    const { printed } = await run([{ ...busy, next: 'cursor' }, busy], 'ledger', 'verify');
    expect(printed).not.toContain('Nothing is wrong.');
    expect(printed).toContain('6 accounts or hours of histories, which never held still, are not proved');
  });

  it('shows what is wrong, and ends with 1', async () => {
    const { printed, code } = await run([part], 'ledger', 'verify');
    expect(printed).toMatch(/balance-differs +│ USER#5d41402abc4b2a76b9719d911017c592 \/ ACCOUNT#TWD#available/);
    expect(code).toBe(1);
  });
});
