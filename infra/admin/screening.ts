import * as z from 'zod/mini';
import { reason, userParams } from '../../shared/contracts/staff/fields.ts';
import { staffKycScreening } from '../../shared/contracts/staff/kyc-screening.ts';
import { type Command, defineCommand } from './command.ts';

/** `--screening reviewed`: staff looked at what was found by hand. */
export const SCREENING = {
  screening: { value: 'reviewed', help: 'what was found was looked at by hand: it is somebody else' },
} as const;

export const screeningOption = z.optional(z.literal('reviewed'));

const screen = defineCommand({
  name: 'kyc screen',
  summary: 'Look a user up on the lists of sanctions anew, and let who is clear send money again',
  words: ['username'],
  options: { ...SCREENING, reason: { value: '<text>', help: 'why; it is kept in the audit' } },
  input: z.object({ username: userParams.shape.username, screening: screeningOption, reason }),
  run: async ({ username, screening, reason: why }, { call }) => {
    const body = { reason: why, ...(screening && { screeningReviewed: true }) };
    const data = await call(staffKycScreening, { params: { username }, body }, staffKycScreening.data);
    return { data, text: `${username} is clear, and can send money as the level allows.` };
  },
});

export const SCREENING_COMMANDS: readonly Command[] = [screen];
