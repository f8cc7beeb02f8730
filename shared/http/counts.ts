import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Measured } from '../contracts/metrics.ts';
import type { Outcome } from './outcome.ts';

const valueOf = (body: unknown, field: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;

/** What an answer counts as, as the contract has it; `body` as it was parsed. An answer given again counts as nothing. */
export const countsOf = (
  { counts }: Pick<EndpointSpec, 'counts'>,
  outcome: Outcome,
  body: unknown,
): Measured | undefined => {
  if (!counts || (outcome.ok && outcome.replayed)) return undefined;
  const counted = counts[outcome.ok ? 'SUCCESS' : outcome.code];
  if (counted === undefined) return undefined;
  if (typeof counted === 'string') return { [counted]: 1 };
  const value = counted.by.map((field) => String(valueOf(body, field))).join(' ');
  const metric = Object.hasOwn(counted.metrics, value) ? counted.metrics[value] : undefined;
  return metric && { [metric]: 1 };
};
