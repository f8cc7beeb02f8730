import type * as z from 'zod';

/** What a lever answers: always JSON. */
export interface LeverAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One route under `/_local`: something to see or to change that exists on this machine only. */
export interface Lever {
  readonly method: 'GET' | 'POST';
  /** Matched against what follows `/_local`, query string left out. */
  readonly path: RegExp;
  /** Gets what the path's groups matched, and the parsed body: undefined when none was sent. */
  readonly answer: (groups: readonly string[], body: unknown) => LeverAnswer | Promise<LeverAnswer>;
}

export const ok = (body: unknown): LeverAnswer => ({ status: 200, body });

/** An answer that says what is wrong; `body.error` is a sentence for a person. */
export const refusal = (status: number, error: string): LeverAnswer => ({ status, body: { error } });

/**
 * Checks a body against a schema and hands it on.
 *
 * @param usage what to send, for the answer to a body that does not fit.
 */
export const withBody =
  <T>(schema: z.ZodType<T>, usage: string, answer: (body: T) => LeverAnswer): Lever['answer'] =>
  (_groups, body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return answer(parsed.data);
    const problems = parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
    return refusal(400, `${problems}. Got ${JSON.stringify(body) ?? 'no body'}. ${usage}`);
  };
