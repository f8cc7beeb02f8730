import type * as z from 'zod/mini';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import { describeIssue, type RequestPart } from '../contracts/validation-texts.ts';
import { parseOften } from '../platform/compiled-schema.ts';
import type { Log } from '../platform/logger.ts';
import { type Outcome, RefusedError } from './outcome.ts';

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const valueAt = (input: unknown, field: string): unknown =>
  typeof input === 'object' && input !== null ? Object.getOwnPropertyDescriptor(input, field)?.value : undefined;

/** A part of the request as it was received, and the language to refuse it in. */
export interface Input {
  readonly part: RequestPart;
  readonly input: unknown;
  readonly locale: Locale;
}

const refuse = (
  endpoint: EndpointSpec,
  schema: z.ZodMiniType,
  issue: z.core.$ZodIssue,
  { part, input, locale }: Input,
): RefusedError => {
  const name = String(issue.path[0] ?? '');
  const wrong = endpoint.wrongFields?.[name];
  if (wrong) return new RefusedError(wrong);
  const empty = isEmpty(valueAt(input, name)) ? endpoint.emptyFields?.[name] : undefined;
  if (empty && 'code' in empty) return new RefusedError(empty.code, { data: empty.data });
  if (empty) return new RefusedError('INVALID_PARAMETER', { literal: empty.literal });
  return new RefusedError('INVALID_PARAMETER', { params: describeIssue(issue, schema, locale, input, part) });
};

/**
 * Validates a part of the request against its schema.
 *
 * @throws RefusedError for the first issue, in the caller's language.
 */
export const parseInput = (endpoint: EndpointSpec, schema: z.ZodMiniType, received: Input): unknown => {
  const parsed = parseOften(schema, received.input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw parsed.error;
  throw refuse(endpoint, schema, issue, received);
};

/** A handler returned what its contract does not describe. Logged with paths, never with values. */
export class InvalidOutputError extends Error {
  override readonly name = 'InvalidOutputError';
}

/** What the schema leaves of data. */
const described = (schema: z.ZodMiniType, data: unknown, log: Log): unknown => {
  const parsed = parseOften(schema, data);
  if (parsed.success) return parsed.data;
  log('OUTPUT_INVALID', { paths: parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) });
  throw new InvalidOutputError('The handler returned data that its contract does not describe.');
};

/**
 * Holds the data of a success against the contract, as `checkOutput` does.
 *
 * @throws InvalidOutputError for a wrong type or a missing field.
 */
export const checkData = (endpoint: EndpointSpec, data: unknown, log: Log): unknown =>
  described(endpoint.data, data, log);

/**
 * Holds an outcome against the contract: undeclared fields are left out.
 *
 * @throws InvalidOutputError for a wrong type, a missing field or a code that is not the endpoint's.
 */
export const checkOutput = (endpoint: EndpointSpec, outcome: Outcome, log: Log): Outcome => {
  if (!outcome.ok && !endpoint.codes.includes(outcome.code)) {
    log('OUTPUT_INVALID', { paths: [outcome.code] });
    throw new InvalidOutputError('The handler returned a code that its contract does not list.');
  }
  if (outcome.ok) return { ...outcome, data: checkData(endpoint, outcome.data, log) };
  const schema = endpoint.errorData?.[outcome.code];
  return { ...outcome, data: schema ? described(schema, outcome.data, log) : null };
};
