import * as z from 'zod';
import type { ServiceError } from '../answers.ts';
import type { UploadForm } from './form.ts';

const whole = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(0));

const range = z
  .tuple([z.literal('content-length-range'), whole, whole])
  .transform(([, min, max]) => ({ kind: 'range' as const, min, max }));

const match = z
  .tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()])
  .transform((shown) => ({ kind: shown[0], field: shown[1].slice(1).toLowerCase(), value: shown[2], shown }));

const exact = z
  .record(z.string(), z.string())
  .refine((one) => Object.keys(one).length === 1)
  .transform((one) => {
    const [[field, value] = ['', '']] = Object.entries(one);
    return { kind: 'eq' as const, field: field.toLowerCase(), value, shown: ['eq', `$${field}`, value] };
  });

const document = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([range, match, exact])),
});

type Condition = z.output<typeof document>['conditions'][number];

/** What a form must be like. */
export type PostPolicy = Readonly<z.output<typeof document>>;

/** Fields that no condition has to name. */
const UNCONDITIONED = /^(?:policy|x-amz-signature|file|x-ignore-.*)$/;

const denied = (why: string): ServiceError => ({
  status: 403,
  code: 'AccessDenied',
  message: `Invalid according to Policy: ${why}`,
});

const INVALID: ServiceError = { status: 400, code: 'InvalidPolicyDocument', message: 'Invalid Policy: Invalid JSON.' };

/** Reads a policy as it stands in a form, base64 over JSON. */
export const parsePostPolicy = (encoded: string): PostPolicy | ServiceError => {
  try {
    const parsed = document.safeParse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return { ...INVALID, message: `Invalid Policy: ${issue?.path.join('.')}: ${issue?.message}` };
  } catch {
    return INVALID;
  }
};

const holds = (condition: Exclude<Condition, { kind: 'range' }>, given: string | undefined): boolean => {
  if (given === undefined) return false;
  if (condition.kind === 'eq') return given === condition.value;
  // A list of types is only as good as each of them.
  const values = condition.field === 'content-type' ? given.split(',') : [given];
  return values.every((value) => value.trimStart().startsWith(condition.value));
};

const rangeProblem = (conditions: readonly Condition[], bytes: number): ServiceError | undefined => {
  for (const condition of conditions) {
    if (condition.kind !== 'range') continue;
    if (bytes > condition.max) {
      const message = 'Your proposed upload exceeds the maximum allowed size';
      const details = { ProposedSize: bytes, MaxSizeAllowed: condition.max };
      return { status: 400, code: 'EntityTooLarge', message, details };
    }
    if (bytes < condition.min) {
      const message = 'Your proposed upload is smaller than the minimum allowed size';
      const details = { ProposedSize: bytes, MinSizeAllowed: condition.min };
      return { status: 400, code: 'EntityTooSmall', message, details };
    }
  }
  return undefined;
};

/** What is wrong with a form in the eyes of its policy, as S3 says it; undefined when nothing is. */
export const policyProblem = (
  { expiration, conditions }: PostPolicy,
  { fields, fileBytes = 0 }: UploadForm,
  { bucket, now }: { readonly bucket: string; readonly now: number },
): ServiceError | undefined => {
  if (now >= Date.parse(expiration)) return denied('Policy expired.');
  const given = new Map([...fields, ['bucket', bucket]]);
  const matches = conditions.filter((condition) => condition.kind !== 'range');
  const failed = matches.find((condition) => !holds(condition, given.get(condition.field)));
  if (failed) return denied(`Policy Condition failed: ${JSON.stringify(failed.shown)}`);
  const named = new Set(matches.map(({ field }) => field));
  const extra = [...fields.keys()].filter((field) => !UNCONDITIONED.test(field) && !named.has(field));
  if (extra.length > 0) return denied(`Extra input fields: ${extra.join(', ')}`);
  return rangeProblem(conditions, fileBytes);
};
