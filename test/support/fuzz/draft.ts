import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';

/** A header as it goes over the wire, in any spelling; characters are bytes. */
export type Header = readonly [name: string, value: string];

/**
 * Who a request comes from: nobody; somebody new (`guest`) or of level 2 with money and a second factor (`member`) by
 * the header or by the cookie; a login that still owes its second factor; a key of the member's with all scopes, or with
 * none but `read`; one of the staff.
 */
export const CALLERS = ['nobody', 'guest', 'member', 'cookie', 'pending', 'key', 'reader', 'staff'] as const;

export type CallerKind = (typeof CALLERS)[number];

/** What is wrong with a signature, if anything. */
export const SIGNATURES = [
  'right',
  'of another body',
  'of another path',
  'of another secret',
  'of an old nonce',
  'cut',
  'in upper case',
  'without nonce',
  'beside a token',
] as const;

export type Signature = (typeof SIGNATURES)[number];

/** A request before it is given credentials. */
export interface Draft {
  readonly endpoint: EndpointSpec;
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** With the question mark; may be empty. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Buffer | undefined;
  readonly caller: CallerKind;
  readonly signature: Signature;
  /** Whether something else than the endpoint's function may answer: another path, another method, no HTTP at all. */
  readonly astray: boolean;
  /** Whether HTTP lets the server close the connection without a word. */
  readonly mayBeCutOff: boolean;
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

/** One change to a draft. */
export type Mutation = (draft: Draft) => Draft;

/** A change with its name among the draft's changes. */
export const named =
  (name: string, change: (draft: Draft) => Partial<Draft>): Mutation =>
  (draft) => ({ ...draft, ...change(draft), changes: [...draft.changes, name] });

/** The headers without one, whatever its spelling. */
export const without = (headers: readonly Header[], name: string): readonly Header[] =>
  headers.filter(([other]) => other.toLowerCase() !== name);

/** The headers with one replaced. */
export const replaced = (headers: readonly Header[], [name, value]: Header): readonly Header[] => [
  ...without(headers, name.toLowerCase()),
  [name, value],
];

/** A request as a report names it. */
export const nameOf = ({ endpoint, method, path, query, caller, signature, changes }: Draft): string =>
  `${endpoint.id} by ${caller}${signature === 'right' ? '' : ` (signature ${signature})`}: ` +
  `${method.slice(0, 20)} ${path.slice(0, 80)}${query.slice(0, 80)} with ${changes.join('; ')}`;
