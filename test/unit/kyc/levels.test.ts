import { describe, expect, it } from '@jest/globals';
import {
  kycLevelOf,
  LEVEL_EVENTS,
  type LevelEvent,
  type LevelState,
  NOT_STARTED,
  transition,
  type Transition,
} from '../../../shared/kyc/levels.ts';

const STATUSES = [1, 2, 3, 4] as const;
const EVENTS: readonly LevelEvent[] = [
  ...LEVEL_EVENTS.user.map((event) => ({ by: 'user', event }) as const),
  ...LEVEL_EVENTS.staff.map((event) => ({ by: 'staff', event }) as const),
];

const STATES: readonly LevelState[] = [false, true].flatMap((submitted) =>
  [false, true].flatMap((accountAccepted) =>
    STATUSES.flatMap((level1) =>
      STATUSES.flatMap((level2) => STATUSES.map((level3) => ({ submitted, level1, level2, level3, accountAccepted }))),
    ),
  ),
);

/** A state in short: the three statuses, `-` before them without basic data, `+` after them with an account. */
const written = ({ submitted, level1, level2, level3, accountAccepted }: LevelState): string =>
  `${submitted ? '' : '-'}${level1}${level2}${level3}${accountAccepted ? '+' : ''}`;

/** Every state that a user can get into, each with what may happen there and where it leads. */
const LIFE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '-111': { 'submit-basic-data': '111', 'upload-document': '-111', 'upload-account-proof': '-111' },
  '111': {
    'submit-basic-data': '111',
    verify: '311',
    'upload-document': '111',
    'upload-account-proof': '111',
  },
  '311': {
    'upload-document': '311',
    'upload-account-proof': '311',
    'apply-level-2': '321',
    'reopen-level-1': '411',
  },
  '321': { 'upload-account-proof': '321', 'approve-level-2': '331', 'reject-level-2': '341' },
  '341': {
    'upload-document': '341',
    'upload-account-proof': '341',
    'apply-level-2': '321',
    'reopen-level-1': '441',
  },
  '331': { 'upload-account-proof': '331', 'apply-level-3': '332', 'reopen-level-1': '431' },
  '332': { 'approve-level-3': '333+', 'reject-level-3': '334' },
  '334': { 'upload-account-proof': '334', 'apply-level-3': '332', 'reopen-level-1': '434' },
  // From here on an account is accepted, and what is under review is a change of it.
  '333+': { 'upload-account-proof': '333+', 'apply-level-3': '332+', 'reopen-level-1': '433+' },
  '332+': { 'approve-level-3': '333+', 'reject-level-3': '334+' },
  '334+': { 'upload-account-proof': '334+', 'apply-level-3': '332+', 'reopen-level-1': '434+' },
  // Level 1 is open again.
  '411': {
    'submit-basic-data': '411',
    verify: '311',
    'verify-as-another': '311',
    'upload-document': '411',
    'upload-account-proof': '411',
  },
  '441': {
    'submit-basic-data': '441',
    verify: '341',
    'verify-as-another': '341',
    'upload-document': '441',
    'upload-account-proof': '441',
  },
  '431': { 'submit-basic-data': '431', verify: '331', 'verify-as-another': '341', 'upload-account-proof': '431' },
  '434': { 'submit-basic-data': '434', verify: '334', 'verify-as-another': '344', 'upload-account-proof': '434' },
  '433+': { 'submit-basic-data': '433+', verify: '333+', 'verify-as-another': '344', 'upload-account-proof': '433+' },
  '434+': { 'submit-basic-data': '434+', verify: '334+', 'verify-as-another': '344', 'upload-account-proof': '434+' },
  // What was reviewed was another person's.
  '344': {
    'upload-document': '344',
    'upload-account-proof': '344',
    'apply-level-2': '324',
    'reopen-level-1': '444',
  },
  '324': { 'upload-account-proof': '324', 'approve-level-2': '334', 'reject-level-2': '344' },
  '444': {
    'submit-basic-data': '444',
    verify: '344',
    'verify-as-another': '344',
    'upload-document': '444',
    'upload-account-proof': '444',
  },
};

const LEVELS: Readonly<Record<string, number>> = {
  '-111': 0,
  '111': 0,
  '311': 1,
  '321': 1,
  '341': 1,
  '344': 1,
  '324': 1,
  '331': 2,
  '332': 2,
  '334': 2,
  '333+': 3,
  '332+': 3,
  '334+': 3,
  '411': 0,
  '441': 0,
  '431': 0,
  '434': 0,
  '433+': 0,
  '434+': 0,
  '444': 0,
};

const reachable = (): ReadonlyMap<string, LevelState> => {
  const found = new Map([[written(NOT_STARTED), NOT_STARTED]]);
  for (const state of found.values()) {
    for (const event of EVENTS) {
      const result = transition(state, event);
      if (result.ok) found.set(written(result.next), result.next);
    }
  }
  return found;
};

const pairs = [...reachable().values()].flatMap((state) =>
  EVENTS.map((event) => [written(state), event, state] as const),
);

const outcomeOf = (result: Transition): string =>
  result.ok ? `${written(result.next)} at level ${result.kycLevel}` : result.code;

const expectedOf = (name: string, { event }: LevelEvent): string => {
  const next = LIFE[name]?.[event];
  if (next !== undefined) return `${next} at level ${LEVELS[next]}`;
  if (event !== 'submit-basic-data') return 'ILLEGAL_STATE';
  return name.includes('2') ? 'KYC_UNDER_REVIEW' : 'KYC_COMPLETED';
};

describe('the levels', () => {
  it('can only be in states that are written down here', () => {
    expect([...reachable().keys()].toSorted()).toEqual(Object.keys(LIFE).toSorted());
  });

  it.each(pairs)('in state %s: %o', (name, event, state) => {
    expect(outcomeOf(transition(state, event))).toBe(expectedOf(name, event));
  });

  it('give the level that goes with the state they come to, from any that can be written', () => {
    expect(STATES).toHaveLength(256);
    const moved = STATES.flatMap((state) => EVENTS.map((event) => transition(state, event))).filter(({ ok }) => ok);
    expect(moved.length).toBeGreaterThan(0);
    for (const result of moved) expect(result).toMatchObject({ kycLevel: result.ok && kycLevelOf(result.next) });
  });

  it("are nobody's to move who is not in the table: each event belongs to users or to staff", () => {
    const shared = LEVEL_EVENTS.user.filter((event) => new Set<string>(LEVEL_EVENTS.staff).has(event));
    expect(shared).toEqual([]);
  });

  it('begin where no record is', () => {
    expect(transition(undefined, { by: 'user', event: 'verify' })).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(transition(undefined, { by: 'user', event: 'submit-basic-data' })).toMatchObject({ ok: true, kycLevel: 0 });
  });
});
