import { accessKeyOf } from '../../workers/access-key.ts';
import { type Answer, errorAnswer, faultAnswer, type ServiceError } from '../answers.ts';
import { type Caller, type Callers, credentialOf } from '../caller.ts';
import { readForm, type UploadForm } from './form.ts';
import { parsePostPolicy, policyProblem } from './post-policy.ts';
import { isSameSignature, postSignature } from './post-signature.ts';

/** A form that its policy allows, in the name of who signed the policy. */
export interface AcceptedForm {
  readonly signer: Extract<Caller, { kind: 'function' | 'operator' }>;
  readonly key: string;
  /** The fields that a written object would have as headers. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface PostedForm {
  readonly bucket: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface PostObjectOptions {
  readonly callers: Callers;
  readonly operator: string;
  /** Epoch milliseconds, as functions see the time. */
  readonly now: () => number;
}

const invalid = (message: string): ServiceError => ({ status: 400, code: 'InvalidArgument', message });

const MALFORMED: ServiceError = {
  status: 400,
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};

/** What S3 says of a signature that is not the one it calculates. */
export const MISMATCH: ServiceError = {
  status: 403,
  code: 'SignatureDoesNotMatch',
  message:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
};

const formProblem = ({ fields, repeated, fileBytes }: UploadForm): ServiceError | undefined => {
  const [twice] = repeated;
  if (twice !== undefined) return invalid(`POST form field ${twice} was given more than once.`);
  const key = fields.get('key') ?? '';
  if (key === '') {
    return invalid(
      "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
    );
  }
  if (key.includes('${filename}')) {
    return { status: 501, code: 'NotImplemented', message: 'The local S3 does not put a file’s name into a key.' };
  }
  return fileBytes === undefined ? invalid('POST requires exactly one file upload per request.') : undefined;
};

/** Two fields are called otherwise than the headers that they stand for ("POST Object", Amazon S3 API reference). */
const headersOf = ({ fields }: UploadForm): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...fields].map(([name, value]) => [name === 'acl' || name === 'tagging' ? `x-amz-${name}` : name, value]),
  );

const refused = (error: ServiceError): Answer => errorAnswer('s3', error);

/** Judges upload forms as S3 does: who signed the policy, when it ends, and what it asks of the form. */
export const createJudgeForm =
  ({ callers, operator, now }: PostObjectOptions) =>
  async ({ bucket, contentType, body }: PostedForm): Promise<AcceptedForm | Answer> => {
    const form = await readForm(contentType, body).catch(() => undefined);
    if (form === undefined) return refused(MALFORMED);
    const field = (name: string): string => form.fields.get(name) ?? '';
    const problem = formProblem(form);
    if (problem) return refused(problem);

    const [policy, scope] = [field('policy'), field('x-amz-credential')];
    if (policy === '' || field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') return faultAnswer('s3', 'anonymous');
    const signer = callers.ofCredential(credentialOf(scope));
    if (signer.kind === 'anonymous') return faultAnswer('s3', 'anonymous');
    if (signer.kind === 'unknown') return faultAnswer('s3', 'unknownKey');
    const { secret } = accessKeyOf(signer.kind === 'operator' ? operator : signer.name);
    if (!isSameSignature(field('x-amz-signature'), postSignature(policy, scope, secret))) return refused(MISMATCH);

    const parsed = parsePostPolicy(policy);
    if ('code' in parsed) return refused(parsed);
    const unmet = policyProblem(parsed, form, { bucket, now: now() });
    return unmet ? refused(unmet) : { signer, key: field('key'), headers: headersOf(form) };
  };
