/** No answer of the API: the network, a timeout, or an answer that is none of its own, as of a proxy in between. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** HTTP status, where anything answered. */
  readonly status: number | undefined;
  /** What was sent along: with it the same call can be made again, and still happens once. */
  readonly idempotencyKey: string | undefined;

  constructor(
    message: string,
    {
      cause,
      status,
      idempotencyKey,
    }: {
      readonly cause?: unknown;
      readonly status?: number | undefined;
      readonly idempotencyKey?: string | undefined;
    },
  ) {
    super(message, { cause });
    this.status = status;
    this.idempotencyKey = idempotencyKey;
  }
}

/** An answer, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Exchange {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** The caller's own. */
  readonly signal: AbortSignal | undefined;
  readonly idempotencyKey: string | undefined;
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

/**
 * Sends one request and reads its answer.
 *
 * @throws TransportError where there is none in time; what the caller's signal was aborted with, where it was.
 */
export const exchange = async (
  url: URL,
  init: RequestInit & { readonly method: string },
  { fetch: send, timeoutMs, signal, idempotencyKey }: Exchange,
): Promise<Answer> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, {
      ...init,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = timeout.aborted ? `none came in ${timeoutMs} ms` : reasonOf(error);
    const message = `${init.method} ${url.origin}${url.pathname} was not answered: ${reason}.`;
    throw new TransportError(message, { cause: error, idempotencyKey });
  }
};
