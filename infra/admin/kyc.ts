import * as z from 'zod/mini';
import { text } from '../../shared/contracts/codes/text.ts';
import { fieldRules } from '../../shared/contracts/field-rules.ts';
import { reason, userParams } from '../../shared/contracts/staff/fields.ts';
import { staffKycDecision } from '../../shared/contracts/staff/kyc-decision.ts';
import { staffKycRelease } from '../../shared/contracts/staff/kyc-release.ts';
import { staffKycReviews } from '../../shared/contracts/staff/kyc-reviews.ts';
import { staffKycUser } from '../../shared/contracts/staff/kyc-user.ts';
import { type Command, defineCommand } from './command.ts';
import { UsageError } from './errors.ts';
import { kycText } from './kyc-text.ts';
import { SCREENING, screeningOption } from './screening.ts';
import { table, time } from './text.ts';

const { username } = userParams.shape;

const UNDER_REVIEW = 2;

const REASON = { reason: { value: '<text>', help: 'why; it is kept in the audit' } } as const;
const VERSION = { value: '<number>', help: 'that was looked at: refused when the record is another by now' } as const;

const list = defineCommand({
  name: 'kyc list',
  summary: 'List the applications under review, oldest first',
  words: [],
  options: {
    level: { value: '2|3', help: 'of this level only' },
    limit: { value: '<number>', help: 'applications on a page, 20 unless given, 100 at most' },
    after: { value: '<cursor>', help: 'goes on where another page ended' },
  },
  input: z.object({ ...staffKycReviews.query.shape, status: z.optional(z.string()), limit: z.optional(z.string()) }),
  run: async ({ level, limit, after }, { call }) => {
    const query = { status: UNDER_REVIEW, level, limit, after };
    const data = await call(staffKycReviews, { query }, staffKycReviews.data);
    const rows = data.reviews.map((review) => [review.username, review.level, time(review.requestedAt)]);
    const shown = table(['username', 'level', 'asked for'], rows);
    return { data, text: data.next === null ? shown : `${shown}\nThere is more: --after ${data.next}` };
  },
});

const show = defineCommand({
  name: 'kyc show',
  summary: 'Open the record of a user in plain text, with links to the documents; that it was opened is recorded',
  words: ['username'],
  input: z.object({ username }),
  run: async (params, { call }) => {
    const data = await call(staffKycUser, { params }, staffKycUser.data);
    return { data, text: kycText(data) };
  },
});

const oneOf = (...levels: readonly (1 | 2 | 3)[]) => {
  const rule = `use one of ${levels.join(', ')}`;
  return z.pipe(z.coerce.number(), z.literal([...levels])).register(fieldRules, { rule: text(rule, rule, rule) });
};

const version = z.optional(z.pipe(z.coerce.number(), z.int()));

const approve = defineCommand({
  name: 'kyc approve',
  summary: 'Approve level 2 or 3 of a user, with every document of it; the user is told by mail',
  words: ['username', 'level'],
  options: { version: VERSION, ...SCREENING, ...REASON },
  input: z.object({ username, level: oneOf(2, 3), version, screening: screeningOption, reason }),
  run: async ({ username: name, screening, ...decision }, { call }) => {
    const body = { ...decision, decision: 'approve', ...(screening && { screeningReviewed: true }) } as const;
    const data = await call(staffKycDecision, { params: { username: name }, body }, staffKycDecision.data);
    return { data, text: `Level ${decision.level} of ${name} is approved.` };
  },
});

const TYPES_RULE = 'use numbers of documents with commas between, such as 1,2,5';

/** `1,2,5` */
const types = z
  .optional(z.string().check(z.trim(), z.regex(/^[1-6](?:,[1-6])*$/)))
  .register(fieldRules, { rule: text(TYPES_RULE, TYPES_RULE, TYPES_RULE) });

const TYPE_NUMBERS = ['1', '2', '3', '4', '5', '6'] as const;

const ownReason = z.optional(reason);

const verdicts = (given: string | undefined, verdict: 'approve' | 'reject') =>
  (given?.split(',') ?? []).map((type) => [type, verdict] as const);

const reject = defineCommand({
  name: 'kyc reject',
  summary:
    'Reject documents of level 2 or 3, to be sent again, or reopen level 1; the user is told the reasons by mail',
  words: ['username', 'level'],
  options: {
    images: { value: '<1,2,…>', help: 'documents to reject' },
    accept: { value: '<1,2,…>', help: 'documents to accept for good; others stay as they are' },
    ...Object.fromEntries(
      TYPE_NUMBERS.map((type) => [
        `reason-${type}`,
        { value: '<text>', help: `why document ${type}, where that is another reason` },
      ]),
    ),
    version: VERSION,
    reason: { value: '<text>', help: 'why; the user reads it, and it is kept in the audit' },
  },
  input: z.object({
    username,
    level: oneOf(1, 2, 3),
    images: types,
    accept: types,
    'reason-1': ownReason,
    'reason-2': ownReason,
    'reason-3': ownReason,
    'reason-4': ownReason,
    'reason-5': ownReason,
    'reason-6': ownReason,
    version,
    reason,
  }),
  run: async (input, { call }) => {
    const images = [...verdicts(input.accept, 'approve'), ...verdicts(input.images, 'reject')];
    const reasons = TYPE_NUMBERS.flatMap((type) => {
      const own = input[`reason-${type}`];
      return own === undefined ? [] : [[type, own] as const];
    });
    const body = {
      level: input.level,
      decision: 'reject',
      ...(images.length > 0 && { images: Object.fromEntries(images) }),
      ...(reasons.length > 0 && { reasons: Object.fromEntries(reasons) }),
      version: input.version,
      reason: input.reason,
    } as const;
    if (input.level !== 1 && input.images === undefined) {
      throw new UsageError('--images: name the documents that the user is to send again.');
    }
    const data = await call(staffKycDecision, { params: { username: input.username }, body }, staffKycDecision.data);
    const told =
      input.level === 1
        ? `Level 1 of ${input.username} is open again.`
        : `Level ${input.level} of ${input.username} is rejected; to be sent again: ${input.images}.`;
    return { data, text: told };
  },
});

const release = defineCommand({
  name: 'kyc release',
  summary: 'Free the identity number or phone of a user for another user; level 1 of the user is open again',
  words: ['username'],
  options: {
    'identity-number': { value: '<number>', help: 'to be free' },
    'mobile-phone': { value: '<number>', help: 'to be free, in place of an identity number' },
    ...REASON,
  },
  input: z.object({
    username,
    'identity-number': z.optional(z.string()),
    'mobile-phone': z.optional(z.string()),
    reason,
  }),
  run: async (input, { call }) => {
    const { 'identity-number': identityNumber, 'mobile-phone': mobilePhone } = input;
    if ((identityNumber === undefined) === (mobilePhone === undefined)) {
      throw new UsageError('Say either --identity-number or --mobile-phone.');
    }
    const body = { identityNumber, mobilePhone, reason: input.reason };
    const data = await call(staffKycRelease, { params: { username: input.username }, body }, staffKycRelease.data);
    const what = identityNumber === undefined ? 'phone' : 'identity number';
    return { data, text: `The ${what} of ${input.username} is free, and level 1 is open again.` };
  },
});

/** What reviewers do. */
export const KYC_COMMANDS: readonly Command[] = [list, show, approve, reject, release];
