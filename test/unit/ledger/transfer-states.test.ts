import { describe, expect, it } from '@jest/globals';
import { WalletStatus } from '../../../shared/contracts/enums.ts';
import {
  decide,
  isOpen,
  openTo,
  TRANSFER_EVENTS,
  TRANSFER_STATES,
  TRANSITIONS,
} from '../../../shared/ledger/transfer/states.ts';

const { PENDING, EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED, EXPIRED } = WalletStatus;

const EVENTS = [...TRANSFER_EVENTS.sender, ...TRANSFER_EVENTS.clock];

const DEADLINE = 1_000;
const BEFORE = DEADLINE - 1;

/** Chapter 8 in words: what comes of each event in each state, before the deadline and from it on; a dash is -19. */
const EXPECTED: Readonly<
  Record<number, Readonly<Record<(typeof EVENTS)[number], readonly [before: string, after: string]>>>
> = {
  [PENDING]: {
    'email-confirm': ['25', '-'],
    resend: ['17', '-'],
    confirm: ['-', '-'],
    cancel: ['16', '-'],
    expire: ['-', '14'],
  },
  [EMAIL_CONFIRMED]: {
    'email-confirm': ['25 again', '-'],
    resend: ['-', '-'],
    confirm: ['10', '-'],
    cancel: ['16', '-'],
    expire: ['-', '14'],
  },
  [COMPLETED]: {
    'email-confirm': ['-', '-'],
    resend: ['-', '-'],
    confirm: ['10 again', '10 again'],
    cancel: ['-', '-'],
    expire: ['-', '-'],
  },
  [USER_CANCELLED]: {
    'email-confirm': ['-', '-'],
    resend: ['-', '-'],
    confirm: ['-', '-'],
    cancel: ['16 again', '16 again'],
    expire: ['-', '-'],
  },
  [EXPIRED]: {
    'email-confirm': ['-', '-'],
    resend: ['-', '-'],
    confirm: ['-', '-'],
    cancel: ['-', '-'],
    expire: ['-', '-'],
  },
};

const PAIRS = TRANSFER_STATES.flatMap((status) => EVENTS.map((event) => ({ status, event })));

const inWords = (status: (typeof TRANSFER_STATES)[number], event: (typeof EVENTS)[number], now: number): string => {
  const decision = decide({ status, expiresAt: DEADLINE }, event, now);
  if (!decision.allowed) return '-';
  return decision.again ? `${decision.to} again` : String(decision.to);
};

describe('the states of a transfer', () => {
  it.each(PAIRS)('in $status an event $event does what the API says', ({ status, event }) => {
    const [before, after] = EXPECTED[status]?.[event] ?? [];
    expect(inWords(status, event, BEFORE)).toBe(before);
    expect(inWords(status, event, DEADLINE)).toBe(after);
  });

  it('name each pair once at most', () => {
    const pairs = TRANSITIONS.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('freeze money in the two that can be left, and in no other', () => {
    expect(TRANSFER_STATES.filter(isOpen)).toEqual([PENDING, EMAIL_CONFIRMED]);
    const left = TRANSITIONS.filter(({ again }) => !again).map(({ from }) => from);
    expect(left.every(isOpen)).toBe(true);
  });

  it.each(EVENTS)('give the condition of %s that goes with the table', (event) => {
    const { states, deadline } = openTo(event);
    const now = event === 'expire' ? DEADLINE : BEFORE;
    const open = TRANSFER_STATES.filter((status) => {
      const decision = decide({ status, expiresAt: DEADLINE }, event, now);
      return decision.allowed && !decision.again;
    });
    expect(states).toEqual(open);
    expect(deadline).toBe(event === 'expire' ? 'expiresAt <= :now' : 'expiresAt > :now');
  });
});
