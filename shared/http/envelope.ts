import type { APIGatewayProxyResult } from 'aws-lambda';
import { definitionOf, type OwnCodes } from '../contracts/codes/definition.ts';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import { clearTokenCookie, setTokenCookie } from './cookies.ts';
import type { FailureOutcome, Outcome } from './outcome.ts';
import { redirect } from './redirect.ts';
import type { PageSupport } from './page.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const NO_STORE = 'no-store';
type Contract = Pick<
  EndpointSpec,
  'alerts' | 'ownCodes' | 'successMessage' | 'response' | 'clearsToken' | 'cacheSeconds'
>;

export interface RenderOptions {
  readonly contract: Contract;
  readonly locale: Locale;
  readonly now: number;
  readonly cookieSecure: boolean;
  /** Where redirects lead, on endpoints that answer with one. */
  readonly frontendUrl?: string | undefined;
  /** What lays pages out, on endpoints that answer with one. */
  readonly page?: PageSupport | undefined;
  /** Whether a person's browser asks, which is shown failures of a page as a page. */
  readonly acceptsHtml: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** The sentence of a failure in one language, its placeholders filled. */
export const messageOf = (
  { code, params = {}, literal }: Pick<FailureOutcome, 'code' | 'params' | 'literal'>,
  locale: Locale,
  contract: OwnCodes = {},
): string =>
  literal ??
  definitionOf(code, contract).text[locale].replace(
    /\{(\w+)\}/g,
    (placeholder, name: string) => params[name] ?? placeholder,
  );

const cookieOf = (outcome: Outcome, { contract, cookieSecure }: RenderOptions): string | undefined => {
  if (!outcome.ok) return undefined;
  if (outcome.token !== undefined) return setTokenCookie(outcome.token, cookieSecure);
  return contract.clearsToken ? clearTokenCookie(cookieSecure) : undefined;
};

const pageAnswer = (
  statusCode: number,
  html: string,
  headers: RenderOptions['headers'],
  page: PageSupport,
): APIGatewayProxyResult => ({
  statusCode,
  headers: { ...headers, ...page.headers, 'cache-control': NO_STORE },
  body: html,
});

const success = (outcome: Extract<Outcome, { ok: true }>, options: RenderOptions): APIGatewayProxyResult => {
  const cookie = cookieOf(outcome, options);
  const { contract, now, headers, page } = options;
  const { code, status } = definitionOf('SUCCESS', contract);
  if (page) return pageAnswer(status, String(outcome.data), headers, page);
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
  const { contract, locale, now, headers, page } = options;
  const { code, status } = definitionOf(outcome.code, contract);
  const retry = outcome.retryAfter === undefined ? {} : { 'retry-after': String(outcome.retryAfter) };
  if (page && options.acceptsHtml) {
    const html = page.layOut(locale, { title: messageOf(outcome, locale, contract), paragraphs: [] });
    return pageAnswer(status, html, { ...headers, ...retry }, page);
  }
  const envelope = {
    code,
    msg: messageOf(outcome, locale, contract),
    time: now,
    data: outcome.data ?? null,
    success: false,
  };
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
