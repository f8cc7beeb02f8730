import { type ValueOf, WalletStatus } from '../../contracts/enums.ts';

const { PENDING, EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED, EXPIRED } = WalletStatus;

/** Every state of a transfer: in the first two its money is frozen, in the others it has arrived or come back. */
export const TRANSFER_STATES = [PENDING, EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED, EXPIRED] as const;

export type TransferState = (typeof TRANSFER_STATES)[number] & ValueOf<typeof WalletStatus>;

/** Events by who triggers them. */
export const TRANSFER_EVENTS = {
  sender: ['email-confirm', 'resend', 'confirm', 'cancel'],
  clock: ['expire'],
} as const;

export type TransferEvent = (typeof TRANSFER_EVENTS)['sender' | 'clock'][number];

interface Row {
  readonly from: TransferState;
  readonly event: TransferEvent;
  readonly to: TransferState;
  /** It has happened before: it is answered as it was then, and nothing is done. */
  readonly again?: true;
}

/** The one table of what may happen in which state. What is not in it is refused. */
export const TRANSITIONS: readonly Row[] = [
  { from: PENDING, event: 'email-confirm', to: EMAIL_CONFIRMED },
  { from: PENDING, event: 'resend', to: PENDING },
  { from: PENDING, event: 'cancel', to: USER_CANCELLED },
  { from: PENDING, event: 'expire', to: EXPIRED },
  { from: EMAIL_CONFIRMED, event: 'email-confirm', to: EMAIL_CONFIRMED, again: true },
  { from: EMAIL_CONFIRMED, event: 'confirm', to: COMPLETED },
  { from: EMAIL_CONFIRMED, event: 'cancel', to: USER_CANCELLED },
  { from: EMAIL_CONFIRMED, event: 'expire', to: EXPIRED },
  { from: COMPLETED, event: 'confirm', to: COMPLETED, again: true },
  { from: USER_CANCELLED, event: 'cancel', to: USER_CANCELLED, again: true },
];

/** Whether money is frozen for it. */
export const isOpen = (state: TransferState): boolean => state === PENDING || state === EMAIL_CONFIRMED;

const isByClock = (event: TransferEvent): boolean => TRANSFER_EVENTS.clock.some((one) => one === event);

/** What decides of an event: the state, and the time at which an open transfer is over (epoch milliseconds). */
export interface Standing {
  readonly status: TransferState;
  readonly expiresAt: number;
}

export type Decision =
  | { readonly allowed: true; readonly to: TransferState; readonly again: boolean }
  | { readonly allowed: false };

/**
 * What becomes of a transfer by an event. Of an open one the sender's events are allowed before its time is over and the
 * clock's after, whether or not anybody has seen yet that it is over.
 */
export const decide = ({ status, expiresAt }: Standing, event: TransferEvent, now: number): Decision => {
  const row = TRANSITIONS.find((one) => one.from === status && one.event === event);
  if (!row || (isOpen(status) && now >= expiresAt !== isByClock(event))) return { allowed: false };
  return { allowed: true, to: row.to, again: row.again === true };
};

/** The states in which an event changes something, and the condition on the deadline that goes with it. */
export const openTo = (event: TransferEvent) => ({
  states: TRANSITIONS.filter((one) => one.event === event && !one.again).map(({ from }) => from),
  deadline: isByClock(event) ? 'expiresAt <= :now' : 'expiresAt > :now',
});
