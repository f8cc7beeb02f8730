import { WalletStatus } from '../../../shared/contracts/enums.ts';
import type { Everything } from './everything.ts';
import type { Complaints } from './judge.ts';
import type { Command } from './run.ts';

const { EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED } = WalletStatus;

/** The states in which a transfer can be after a command was done; an open one may be in any. */
const AFTER: Readonly<Record<Command['event'], readonly number[] | undefined>> = {
  open: undefined,
  'email-confirm': [EMAIL_CONFIRMED, COMPLETED, USER_CANCELLED],
  confirm: [COMPLETED],
  cancel: [USER_CANCELLED],
};

/**
 * Holds what was acknowledged against what is stored: what was done is there, what was refused is not. What is unknown may
 * be either: that it is there whole and once, or not at all, is what the rest of the judgement says. And no transfer is there
 * that nobody asked for, such as one that was made twice.
 */
export const judgeCommands = ({ transfers }: Everything, commands: readonly Command[]): Complaints => {
  const states = new Map(transfers.map(({ value }) => [value.id, value.status]));
  const asked = new Set(commands.map(({ transferId }) => transferId));
  const unasked = [...states.keys()].filter((id) => !asked.has(id)).map((id) => `nobody asked for transfer ${id}`);
  const complaints = commands.flatMap(({ transferId, event, knowledge }) => {
    const state = states.get(transferId);
    if (knowledge === 'refused') return state === undefined ? [] : [`refused transfer ${transferId} is there`];
    if (knowledge === 'unknown') return [];
    const fits = state !== undefined && (AFTER[event]?.includes(state) ?? true);
    return fits ? [] : [`${event} of transfer ${transferId} was acknowledged, and its state is ${state ?? 'none'}`];
  });
  return [...complaints, ...unasked];
};
