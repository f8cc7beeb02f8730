import type { Code } from '../contracts/codes/catalogue.ts';

/** What came of a request, before it is put into words: the one shape that results and errors meet in. */
export type Outcome =
  | { readonly ok: true; readonly data: unknown; readonly token?: string | undefined; readonly replayed?: true }
  | {
      readonly ok: false;
      readonly code: Code;
      readonly params?: Readonly<Record<string, string>> | undefined;
      /** A text of the reference that stands in every language, in place of the code's own. */
      readonly literal?: string | undefined;
      readonly data?: unknown;
      readonly retryAfter?: number | undefined;
    };

export type FailureOutcome = Extract<Outcome, { ok: false }>;

/** A refusal by the shared stack, thrown because in Middy a `before` that returns would skip every `after`. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly outcome: FailureOutcome;
  constructor(code: Code, details: Omit<FailureOutcome, 'ok' | 'code'> = {}) {
    super(`Refused: ${code}`);
    this.outcome = { ok: false, code, ...details };
  }
}
