import { createHash } from 'node:crypto';
import { ACCOUNT, PARTITION } from '../template/physical-names.ts';
import { accessKeyOf } from '../workers/access-key.ts';
import { headerOf, type HttpRequest } from './request.ts';

/** Names the IAM user who calls, where the cloud has a signature. */
export const PRINCIPAL_HEADER = 'x-local-principal';

/** What IAM takes as the name of a user. */
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

/** What API Gateway tells of a caller that IAM knows. */
export type CallerIdentity = Readonly<Record<'accessKey' | 'accountId' | 'caller' | 'user' | 'userArn', string>>;

/** The IAM user who calls; undefined when the header is missing or names nobody that could exist. */
export const callerOf = (request: Pick<HttpRequest, 'headers'>): CallerIdentity | undefined => {
  const name = headerOf(request, PRINCIPAL_HEADER);
  if (name === undefined || !USER_NAME.test(name)) return undefined;
  const id = `AIDA${createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase()}`;
  return {
    accessKey: accessKeyOf(name).id,
    accountId: ACCOUNT,
    caller: id,
    user: id,
    userArn: `arn:${PARTITION}:iam::${ACCOUNT}:user/${name}`,
  };
};

/** The request as it would come to a function, which must not see what only exists here. */
export const withoutPrincipal = (request: HttpRequest): HttpRequest => ({
  ...request,
  headers: request.headers.filter(([name]) => name.toLowerCase() !== PRINCIPAL_HEADER),
});
