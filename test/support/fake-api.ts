import { createClient, type SessionOptions } from '../../shared/client/client.ts';

/** A request as it came to the fake. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Of fetch, where it is a form. */
  readonly form: FormData | undefined;
  readonly credentials: RequestCredentials;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the envelope; 1 without it. */
  readonly code?: number;
  /** JSON as text. */
  readonly data?: string;
  /** In place of an envelope. */
  readonly text?: string;
}

const bodyOf = async (request: Request): Promise<Uint8Array> => new Uint8Array(await request.arrayBuffer());

const render = ({ status = 200, headers = {}, code = 1, data = 'null', text }: FakeAnswer): Response => {
  const msg = code === 1 ? 'Success' : 'It was refused.';
  const envelope = `{"code":${code},"msg":"${msg}","time":1700000000000,"data":${data},"success":${code === 1}}`;
  return new Response(text ?? envelope, { status, headers });
};

/** An API that answers one request after another as it is told to; the last answer stands for all that follow. */
export const fakeApi = (...answers: readonly FakeAnswer[]) => {
  const received: Received[] = [];
  const answer: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    received.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: await bodyOf(request.clone()),
      form: init?.body instanceof FormData ? init.body : undefined,
      credentials: request.credentials,
    });
    return render(answers[Math.min(received.length, answers.length) - 1] ?? {});
  };
  return { fetch: answer, received };
};

/** Where the fake is said to be. */
export const BASE = 'https://api.example.com';

/** A client with a session, and what it asks of an API that answers so. */
export const sessionOver = (answers: readonly FakeAnswer[], options: Partial<SessionOptions> = {}) => {
  const { fetch, received } = fakeApi(...answers);
  return { client: createClient({ baseUrl: BASE, fetch, token: 'T', ...options }), received };
};

/** A client with a key. */
export const keyOver = (...answers: readonly FakeAnswer[]) => {
  const { fetch, received } = fakeApi(...answers);
  const client = createClient({ baseUrl: BASE, apiKey: 'key', secret: 'secret', fetch, clock: { now: () => 1.7e12 } });
  return { client, received };
};

/** A body that moves money. */
export const TRANSFER = {
  operation: 'TRANSFER',
  fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: '0.100000000000000000001' }],
  receiver: 'ben',
} as const;
