import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { ApiResponse } from '../local-stack.ts';
import type { Documented } from '../registry/documented.ts';
import { answerProblemsOf, codeOf, envelopeProblemsOf } from '../registry/judge.ts';
import type { Draft } from './draft.ts';

/** API Gateway's limit for the request line and the headers, less what counts between the lines. */
const LONG_HEAD = 9_800;

/** Whether the gateway may answer in place of the function. */
const isForGateway = ({ astray, headers, path, query }: Draft): boolean =>
  astray ||
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, path.length + query.length) > LONG_HEAD;

const bodiless = ({ method }: Draft, { status, bytes }: ApiResponse): readonly string[] | undefined => {
  if (method === 'HEAD') return bytes.length === 0 ? [] : ['HEAD has a body'];
  return method === 'OPTIONS' && status === 204 && bytes.length === 0 ? [] : undefined;
};

/** Whether the request did what it asked for. */
export const isAccepted = (response: ApiResponse | undefined): boolean =>
  response !== undefined &&
  (codeOf(response) ?? (response.status < 400 ? CODES.SUCCESS.code : 0)) === CODES.SUCCESS.code;

/** What is wrong with the answer to a mutated request. */
export const problemsOf = (
  draft: Draft,
  response: ApiResponse | undefined,
  documented: Documented,
): readonly string[] => {
  if (response === undefined) return draft.mayBeCutOff ? [] : ['the connection was closed without an answer'];
  const failure =
    response.status >= 500 ? [`answered ${response.status}: ${response.bytes.toString().slice(0, 300)}`] : [];
  const withoutBody = bodiless(draft, response);
  if (withoutBody) return [...failure, ...withoutBody];
  if (!isForGateway(draft)) {
    const text = response.bytes.toString().slice(0, 200);
    return answerProblemsOf(draft.endpoint, documented, response).map((problem) => `${problem} (${text})`);
  }
  // Another spelling may lead to a bare document, a page or a redirect all the same.
  if (response.status < 400 && response.headers['content-type'] !== undefined && codeOf(response) === undefined)
    return failure;
  if (response.status === 302) return failure;
  return envelopeProblemsOf(response, response.status < 400);
};
