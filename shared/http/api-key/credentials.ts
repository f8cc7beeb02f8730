import type { APIGatewayProxyEvent } from 'aws-lambda';
import { SIGNATURE_FORMS, SIGNATURE_HEADERS, type SignatureHeader } from '../../contracts/api-key-headers.ts';
import { RefusedError } from '../outcome.ts';
import type { Signed } from './signature.ts';

type SignedEvent = Pick<APIGatewayProxyEvent, 'path' | 'body' | 'isBase64Encoded' | 'multiValueHeaders'>;

/** What a signed request says of itself; nothing of it is believed before the signature proved right. */
export interface Credentials {
  readonly apiKey: string;
  /** Lower-case hex. */
  readonly signature: string;
  readonly signed: Signed;
}

const NAMES = Object.values(SIGNATURE_HEADERS);

const FORMS: ReadonlyMap<SignatureHeader, RegExp> = new Map(
  NAMES.map((name) => [name, new RegExp(`^${SIGNATURE_FORMS[name]}$`)]),
);

/** Every value under a name, in whatever case each was written. */
const valuesOf = (headers: SignedEvent['multiValueHeaders'] | null, wanted: string): readonly string[] =>
  Object.entries(headers ?? {}).flatMap(([name, values]) => (name.toLowerCase() === wanted ? (values ?? []) : []));

/** The one value of a header, in its form. */
const readOne = (headers: SignedEvent['multiValueHeaders'], header: SignatureHeader): string => {
  const [value, ...more] = valuesOf(headers, header);
  if (value === undefined) throw new RefusedError('SIGNATURE_HEADER_MISSING', { params: { header } });
  if (more.length > 0) throw new RefusedError('SIGNATURE_HEADER_REPEATED', { params: { header } });
  if (FORMS.get(header)?.test(value)) return value;
  const params = { header, form: SIGNATURE_FORMS[header], length: String(value.length) };
  throw new RefusedError('SIGNATURE_HEADER_MALFORMED', { params });
};

/** The gateway hands on binary bodies in base64, and others as text. */
const bodyOf = ({ body, isBase64Encoded }: SignedEvent): string | Uint8Array =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? '');

/**
 * Reads the headers of a signed request, and what they are to be held against.
 *
 * @throws RefusedError 401 for the first header that is missing, repeated, or not in its form.
 */
export const readCredentials = (event: SignedEvent): Credentials => {
  const { multiValueHeaders: headers, path } = event;
  const apiKey = readOne(headers, SIGNATURE_HEADERS.apiKey);
  const nonce = readOne(headers, SIGNATURE_HEADERS.nonce);
  const signature = readOne(headers, SIGNATURE_HEADERS.signature);
  return { apiKey, signature, signed: { path, nonce, body: bodyOf(event) } };
};
