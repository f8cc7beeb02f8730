import { Busboy } from '@fastify/busboy';

/** An upload form. Names of fields are in lower case: S3 does not tell them apart by case. */
export interface UploadForm {
  /** Those before the file; S3 ignores what comes after it. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names that came more than once. */
  readonly repeated: readonly string[];
  /** Size of the first file in bytes; undefined without a file. */
  readonly fileBytes: number | undefined;
}

/** S3 takes 20 KB of fields. */
const FIELD_BYTES = 20_480;
const MOST_FIELDS = 100;

/**
 * Reads a form of type multipart/form-data.
 *
 * @throws when it is none, or ends in the middle.
 */
export const readForm = (contentType: string, body: Buffer): Promise<UploadForm> =>
  new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const repeated: string[] = [];
    let fileBytes: number | undefined;
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (name) => name?.toLowerCase() === 'file',
      limits: { fields: MOST_FIELDS, fieldSize: FIELD_BYTES },
    });
    parser.on('field', (name, value) => {
      if (fileBytes !== undefined) return;
      const known = name.toLowerCase();
      if (fields.has(known)) repeated.push(known);
      fields.set(known, value);
    });
    parser.on('file', (_name, stream) => {
      const isFirst = fileBytes === undefined;
      fileBytes ??= 0;
      stream.on('data', (chunk: Buffer) => {
        if (isFirst) fileBytes = (fileBytes ?? 0) + chunk.length;
      });
    });
    parser.once('finish', () => resolve({ fields, repeated, fileBytes }));
    parser.once('error', reject);
    parser.end(body);
  });
