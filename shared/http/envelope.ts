import type { APIGatewayProxyResult } from 'aws-lambda';
import { CODES } from '../contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import { clearTokenCookie, setTokenCookie } from './cookies.ts';
import type { FailureOutcome, Outcome } from './outcome.ts';
import { redirect } from './redirect.ts';
import { layOutPage, PAGE_HEADERS } from './page.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const NO_STORE = 'no-store';
type Contract = Pick<EndpointSpec, 'alerts' | 'successMessage' | 'response' | 'clearsToken' | 'cacheSeconds'>;

export interface RenderOptions {
  readonly contract: Contract;
  readonly locale: Locale;
  readonly now: number;
  readonly cookieSecure: boolean;
  /** Where redirects lead, on endpoints that answer with one. */
  readonly frontendUrl?: string | undefined;
  /** Whether a person's browser asks, which is shown failures of a page as a page. */
  readonly acceptsHtml: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** The sentence of a failure in one language, its placeholders filled. */
export const messageOf = (
  { code, params = {}, literal }: Pick<FailureOutcome, 'code' | 'params' | 'literal'>,
  locale: Locale,
): string =>
  literal ?? CODES[code].text[locale].replace(/\{(\w+)\}/g, (placeholder, name: string) => params[name] ?? placeholder);

const cookieOf = (outcome: Outcome, { contract, cookieSecure }: RenderOptions): string | undefined => {
  if (!outcome.ok) return undefined;
  if (outcome.token !== undefined) return setTokenCookie(outcome.token, cookieSecure);
  return contract.clearsToken ? clearTokenCookie(cookieSecure) : undefined;
};

const pageAnswer = (statusCode: number, html: string, headers: RenderOptions['headers']): APIGatewayProxyResult => ({
  statusCode,
  headers: { ...headers, ...PAGE_HEADERS, 'cache-control': NO_STORE },
  body: html,
});

const success = (outcome: Extract<Outcome, { ok: true }>, options: RenderOptions): APIGatewayProxyResult => {
  const cookie = cookieOf(outcome, options);
  const { contract, now, headers } = options;
  const { code, status } = CODES.SUCCESS;
  if (contract.response === 'page') return pageAnswer(status, String(outcome.data), headers);
  const bare = contract.response === 'document';
  const body = bare
    ? outcome.data
    : { code, msg: contract.successMessage, time: now, data: outcome.data, success: true };
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-type': JSON_TYPE,
      'cache-control': contract.cacheSeconds === undefined ? NO_STORE : `public, max-age=${contract.cacheSeconds}`,
      ...(outcome.token !== undefined && { token: outcome.token }),
      ...(cookie !== undefined && { 'set-cookie': cookie }),
    },
    body: JSON.stringify(body),
  };
};

const failure = (outcome: FailureOutcome, options: RenderOptions): APIGatewayProxyResult => {
  const { contract, locale, now, headers } = options;
  const { code, status } = CODES[outcome.code];
  const retry = outcome.retryAfter === undefined ? {} : { 'retry-after': String(outcome.retryAfter) };
  if (contract.response === 'page' && options.acceptsHtml) {
    const html = layOutPage(locale, { title: messageOf(outcome, locale), paragraphs: [] });
    return pageAnswer(status, html, { ...headers, ...retry });
  }
  const envelope = { code, msg: messageOf(outcome, locale), time: now, data: outcome.data ?? null, success: false };
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-type': JSON_TYPE,
      'cache-control': NO_STORE,
      ...retry,
    },
    body: JSON.stringify(envelope),
  };
};

/** Puts an outcome into the envelope (API chapter 1), or into the address of a redirect. */
export const render = (outcome: Outcome, options: RenderOptions): APIGatewayProxyResult => {
  if (options.frontendUrl !== undefined) return redirect(outcome, options.frontendUrl, options);
  return outcome.ok ? success(outcome, options) : failure(outcome, options);
};
