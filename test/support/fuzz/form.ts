import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { fileFieldsOf } from '../../../shared/contracts/named-fields.ts';
import { PIXEL } from '../registry/form-cases.ts';

export const BOUNDARY = 'fuzzed-form';

/** One part of a form. */
export interface Part {
  /** The lines before the contents, without the empty one that ends them. */
  readonly head: string;
  readonly contents: Buffer;
}

export const partOf = (name: string, contents: string | Buffer, more = ''): Part => ({
  head: `Content-Disposition: form-data; name="${name}"${more}`,
  contents: Buffer.from(contents),
});

/** Writes a form; `end` comes after its last part. */
export const writeForm = (parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ head, contents }) => [
      Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`),
      contents,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(end),
  ]);

export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** The fields as parts, with a picture in the place of each file. */
export const partsOf = ({ body }: EndpointSpec, fields: Readonly<Record<string, unknown>>): readonly Part[] => {
  const files = body ? fileFieldsOf(body) : [];
  return Object.entries(fields).map(([name, value]) =>
    files.includes(name)
      ? partOf(name, PIXEL, '; filename="photo.jpg"\r\nContent-Type: image/jpeg')
      : partOf(name, String(value)),
  );
};

export const formOf = (endpoint: EndpointSpec, fields: Readonly<Record<string, unknown>>) => ({
  type: FORM_TYPE,
  body: writeForm(partsOf(endpoint, fields)),
});
