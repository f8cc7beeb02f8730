import type { EndpointSpec } from '../contracts/endpoint.ts';
import { parseNumbers } from '../contracts/json-source.ts';
import { text } from '../contracts/codes/text.ts';
import type { Uses } from '../contracts/resources.ts';
import { findKept, type Idempotency, keepAnswer, type Kept } from '../ledger/idempotency-store.ts';
import { sha256 } from '../platform/digest.ts';
import type { Foundation } from '../platform/platform.ts';
import { begin, type StartBeside } from './beside.ts';
import { type Outcome, RefusedError } from './outcome.ts';
import type { RequestState } from './request.ts';
import type { Asked } from './valid-request.ts';
import { checkData } from './validate.ts';

const HEADER = 'Idempotency-Key';

/** 1 to 255 printable characters, of those that a header can carry whatever is in between. */
const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

const RULE = text('須為 1 至 255 個可列印字元', '须为 1 至 255 个可打印字符', 'send 1 to 255 printable characters');

/** Fields of bodies that hold a second factor: whoever asks again has a newer code, and asks for the same. */
const CODE_FIELDS: ReadonlySet<string> = new Set(['twoFAcode', 'code2FA']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: Readonly<Record<string, unknown>>, without: ReadonlySet<string>): object =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !without.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const NONE: ReadonlySet<string> = new Set();

/** The same text for whatever asks for the same: fields in order, numbers and defaults as the schema reads them. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (isObject(inner) ? fieldsOf(inner, NONE) : inner));

/** What a request asks for, second factors apart, as SHA-256 in hex. */
const fingerprintOf = ({ method, path }: EndpointSpec, { params, query, body }: Omit<Asked, 'locale'>): string => {
  const wanted = isObject(body) ? fieldsOf(body, CODE_FIELDS) : body;
  return sha256(canonical({ method, path, params, query, body: wanted }));
};

/**
 * The answer to a request whose key was seen before: the first answer again, each number as it was written.
 *
 * @throws RefusedError where the key came with another request.
 */
const again = (fingerprint: string, kept: Kept | undefined): Outcome | undefined => {
  if (!kept) return undefined;
  if (kept.fingerprint !== fingerprint) throw new RefusedError('IDEMPOTENCY_KEY_REUSED');
  return { ok: true, data: parseNumbers(kept.answer, (source) => JSON.rawJSON(source)), replayed: true };
};

const keyIn = (state: RequestState): string | undefined => state.headers[HEADER.toLowerCase()];

export interface Once {
  /** Looks the key up, beside the session. */
  readonly start: StartBeside;
  /** Answers a request whose key was seen before; has others handled, and given the means to keep their answer. */
  readonly answer: (
    state: RequestState,
    asked: Asked,
    handle: (idempotency: Idempotency<unknown>) => Promise<Outcome>,
  ) => Promise<Outcome>;
}

/** Makes requests with a key of an endpoint that moves money happen once (API chapter 2). */
export const onceByKey = (endpoint: EndpointSpec, foundation: Foundation<Uses>): Once => {
  const { clock } = foundation.platform;
  const table = foundation.idempotencyTable;
  if (!table) throw new Error(`The contract of ${endpoint.id} does not say that it is idempotent.`);

  const start: StartBeside = (_event, state, userId) => {
    const key = keyIn(state);
    if (key === undefined || !PRINTABLE.test(key)) return;
    state.kept = begin(state, () => findKept(table, { userId, key }, clock.now()));
  };

  const answer: Once['answer'] = async (state, asked, handle) => {
    const key = keyIn(state);
    if (key === undefined) return handle({ record: () => [] });
    if (!PRINTABLE.test(key)) {
      throw new RefusedError('INVALID_PARAMETER', { params: { field: HEADER, reason: RULE[asked.locale] } });
    }
    if (!state.caller) throw new Error(`${endpoint.id} keeps answers by user: it must know who is calling.`);
    const sent = { userId: state.caller.user.userId, key };
    const fingerprint = fingerprintOf(endpoint, asked);
    const seen = again(fingerprint, await state.kept);
    if (seen) return seen;
    const record = (data: unknown) => {
      const answered = JSON.stringify(checkData(endpoint, data, foundation.platform.log));
      return [keepAnswer(table, sent, { fingerprint, answer: answered }, clock.now())];
    };
    const outcome = await handle({ record });
    // Who is refused may have lost against the same request: its code is spent, its key used, its money moved.
    return outcome.ok ? outcome : (again(fingerprint, await findKept(table, sent, clock.now())) ?? outcome);
  };

  return { start, answer };
};

/** Handed in by functions, so that no other bundle carries it. */
export type OnceByKey = typeof onceByKey;
