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

const FORMS: ReadonlyMap<string, RegExp> = new Map(
  NAMES.map((name) => [name, new RegExp(`^${SIGNATURE_FORMS[name]}$`)]),
);

const isHeader = (name: string): name is SignatureHeader => FORMS.has(name);

/** Every value of each of the three headers, in whatever case their names were written; the others are passed over. */
const signatureValues = (headers: SignedEvent['multiValueHeaders'] | null): Map<SignatureHeader, readonly string[]> => {
  const found = new Map<SignatureHeader, readonly string[]>();
  if (!headers) return found;
  for (const written of Object.keys(headers)) {
    const name = written.toLowerCase();
    if (!isHeader(name)) continue;
    const [before, values] = [found.get(name), headers[written] ?? []];
    found.set(name, before ? [...before, ...values] : values);
  }
  return found;
};

/** The one value of a header, in its form. */
const readOne = (values: ReadonlyMap<SignatureHeader, readonly string[]>, header: SignatureHeader): string => {
  const all = values.get(header) ?? [];
  const [value] = all;
  if (value === undefined) throw new RefusedError('SIGNATURE_HEADER_MISSING', { params: { header } });
  if (all.length > 1) throw new RefusedError('SIGNATURE_HEADER_REPEATED', { params: { header } });
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
  const values = signatureValues(event.multiValueHeaders);
  const apiKey = readOne(values, SIGNATURE_HEADERS.apiKey);
  const nonce = readOne(values, SIGNATURE_HEADERS.nonce);
  const signature = readOne(values, SIGNATURE_HEADERS.signature);
  return { apiKey, signature, signed: { path: event.path, nonce, body: bodyOf(event) } };
};
