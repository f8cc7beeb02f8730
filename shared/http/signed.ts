import { SIGNATURE_HEADERS } from '../contracts/api-key-headers.ts';

const NAMES = Object.values(SIGNATURE_HEADERS);

/** Whether a request means to be signed: it has one of the headers at least. Then its cookie is not looked at. */
export const isSigned = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  NAMES.some((name) => headers[name] !== undefined);
