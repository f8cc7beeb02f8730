import { KycStatus, type ValueOf } from '../contracts/enums.ts';

export type LevelStatus = ValueOf<typeof KycStatus>;

/** How far a user has come. Every record is one of these states; no record at all is `NOT_STARTED`. */
export interface LevelState {
  /** Basic data is there. */
  readonly submitted: boolean;
  readonly level1: LevelStatus;
  readonly level2: LevelStatus;
  readonly level3: LevelStatus;
  /** A bank account is accepted: it and level 3 stay while a change of it is under review, or was rejected. */
  readonly accountAccepted: boolean;
}

export const NOT_STARTED: LevelState = {
  submitted: false,
  level1: KycStatus.NOT_VERIFIED,
  level2: KycStatus.NOT_VERIFIED,
  level3: KycStatus.NOT_VERIFIED,
  accountAccepted: false,
};

/** Events by who may trigger them. */
export const LEVEL_EVENTS = {
  user: [
    'submit-basic-data',
    /** The texted code was right, and the identity number is the one that level 1 was passed with before, if it was. */
    'verify',
    /** The same, with another identity number than before. */
    'verify-as-another',
    'upload-document',
    'upload-account-proof',
    'apply-level-2',
    'apply-level-3',
  ],
  staff: ['approve-level-2', 'reject-level-2', 'approve-level-3', 'reject-level-3', 'reopen-level-1'],
} as const;

export type UserEvent = (typeof LEVEL_EVENTS.user)[number];
export type StaffEvent = (typeof LEVEL_EVENTS.staff)[number];
export type LevelEvent =
  | { readonly by: 'user'; readonly event: UserEvent }
  | { readonly by: 'staff'; readonly event: StaffEvent };

const { NOT_VERIFIED, VERIFYING, VERIFIED, RESUBMIT } = KycStatus;

/** To be sent: for the first time, or again. */
const OPEN = [NOT_VERIFIED, RESUBMIT] as const;
/** Not in the hands of staff. */
const SETTLED = [NOT_VERIFIED, VERIFIED, RESUBMIT] as const;
/** Passed, or rejected after it was: what staff have once looked at. */
const SEEN = [VERIFIED, RESUBMIT] as const;

type Pattern = { readonly [K in keyof LevelState]?: readonly LevelState[K][] };

type Row = LevelEvent & {
  /** The values that each part of the state may have; any where it is not named. */
  readonly from: Pattern;
  /** What changes; the rest stays. */
  readonly to: Partial<LevelState>;
};

/**
 * The one table of what may happen, by whom, in which state. What is not in it is refused. Staff decide what is under
 * review before they reopen level 1, so that nothing is reviewed while the person it belongs to may change. What was
 * reviewed for another identity number is to be sent again.
 */
export const TRANSITIONS: readonly Row[] = [
  {
    by: 'user',
    event: 'submit-basic-data',
    from: { level1: OPEN, level2: SETTLED, level3: SETTLED },
    to: { submitted: true },
  },
  {
    by: 'user',
    event: 'verify',
    from: { submitted: [true], level1: OPEN, level2: SETTLED, level3: SETTLED },
    to: { level1: VERIFIED },
  },
  {
    by: 'user',
    event: 'verify-as-another',
    from: { submitted: [true], level1: [RESUBMIT], level2: [NOT_VERIFIED], level3: [NOT_VERIFIED] },
    to: { level1: VERIFIED },
  },
  {
    by: 'user',
    event: 'verify-as-another',
    from: { submitted: [true], level1: [RESUBMIT], level2: SEEN, level3: [NOT_VERIFIED] },
    to: { level1: VERIFIED, level2: RESUBMIT },
  },
  {
    by: 'user',
    event: 'verify-as-another',
    from: { submitted: [true], level1: [RESUBMIT], level2: SEEN, level3: SEEN },
    to: { level1: VERIFIED, level2: RESUBMIT, level3: RESUBMIT, accountAccepted: false },
  },
  { by: 'user', event: 'upload-document', from: { level2: OPEN }, to: {} },
  { by: 'user', event: 'upload-account-proof', from: { level3: SETTLED }, to: {} },
  {
    by: 'user',
    event: 'apply-level-2',
    from: { level1: [VERIFIED], level2: OPEN, level3: SETTLED },
    to: { level2: VERIFYING },
  },
  {
    by: 'user',
    event: 'apply-level-3',
    from: { level1: [VERIFIED], level2: [VERIFIED], level3: SETTLED },
    to: { level3: VERIFYING },
  },
  {
    by: 'staff',
    event: 'approve-level-2',
    from: { level1: [VERIFIED], level2: [VERIFYING] },
    to: { level2: VERIFIED },
  },
  { by: 'staff', event: 'reject-level-2', from: { level1: [VERIFIED], level2: [VERIFYING] }, to: { level2: RESUBMIT } },
  {
    by: 'staff',
    event: 'approve-level-3',
    from: { level1: [VERIFIED], level2: [VERIFIED], level3: [VERIFYING] },
    to: { level3: VERIFIED, accountAccepted: true },
  },
  {
    by: 'staff',
    event: 'reject-level-3',
    from: { level1: [VERIFIED], level2: [VERIFIED], level3: [VERIFYING] },
    to: { level3: RESUBMIT },
  },
  {
    by: 'staff',
    event: 'reopen-level-1',
    from: { level1: [VERIFIED], level2: SETTLED, level3: SETTLED },
    to: { level1: RESUBMIT },
  },
];

const PARTS = ['submitted', 'level1', 'level2', 'level3', 'accountAccepted'] as const;

const allows = (from: Pattern, state: LevelState, part: (typeof PARTS)[number]): boolean => {
  const allowed: readonly unknown[] | undefined = from[part];
  return allowed === undefined || allowed.includes(state[part]);
};

export type Transition =
  | {
      readonly ok: true;
      readonly next: LevelState;
      /** What `users` must say of the user from now on. */
      readonly kycLevel: KycLevel;
    }
  | { readonly ok: false; readonly code: LevelRefusal };

export type KycLevel = 0 | 1 | 2 | 3;
export type LevelRefusal = 'ILLEGAL_STATE' | 'KYC_UNDER_REVIEW' | 'KYC_COMPLETED';

/** The levels that are passed without a gap. A level that is open again closes those above it, but ends nothing there. */
export const kycLevelOf = ({ level1, level2, level3, accountAccepted }: LevelState): KycLevel => {
  if (level1 !== VERIFIED) return 0;
  if (level2 !== VERIFIED) return 1;
  return level3 === VERIFIED || accountAccepted ? 3 : 2;
};

/** Chapter 5.1 says of basic data why it is refused; everything else is -19. */
const refusalOf = ({ level1, level2, level3 }: LevelState, { event }: LevelEvent): LevelRefusal => {
  if (event !== 'submit-basic-data') return 'ILLEGAL_STATE';
  return [level1, level2, level3].includes(VERIFYING) ? 'KYC_UNDER_REVIEW' : 'KYC_COMPLETED';
};

const stateOf = ({ submitted, level1, level2, level3, accountAccepted }: LevelState): LevelState => ({
  submitted,
  level1,
  level2,
  level3,
  accountAccepted,
});

/** What becomes of a record by an event: its next state, or why there is none. No record is `undefined`. */
export const transition = (record: LevelState | undefined, event: LevelEvent): Transition => {
  const state = stateOf(record ?? NOT_STARTED);
  const row = TRANSITIONS.find(
    (one) => one.by === event.by && one.event === event.event && PARTS.every((part) => allows(one.from, state, part)),
  );
  if (!row) return { ok: false, code: refusalOf(state, event) };
  const next = { ...state, ...row.to };
  return { ok: true, next, kycLevel: kycLevelOf(next) };
};
