import { Busboy, type BusboyConfig, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { MIMEType } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { LARGEST_FILE } from '../contracts/file-field.ts';
import type { Form, FormReader } from './form-body.ts';
import { RefusedError } from './outcome.ts';

/**
 * Far more than any form of ours needs. A file may be a byte larger than the largest that is taken, so that whoever
 * judges it sees that it is.
 */
const LIMITS = {
  parts: 20,
  fields: 20,
  files: 2,
  fieldNameSize: 100,
  fieldSize: 4_096,
  fileSize: LARGEST_FILE + 1,
  headerPairs: 20,
  headerSize: 8_192,
} as const satisfies BusboyConfig['limits'];

/** The body is all there when parsing begins, so a parser that says nothing for so long never will. */
const SILENCE_MS = 2_000;

const broken = (): RefusedError => new RefusedError('INVALID_FORM');

/** The charset of parts that name none. */
const charsetOf = (contentType: string): string => {
  try {
    return new MIMEType(contentType).params.get('charset') ?? 'utf8';
  } catch {
    return 'utf8';
  }
};

/**
 * @throws what the parser has against the type: above all that it names no boundary.
 */
const parserOf = (contentType: string, files: readonly string[]): BusboyInstance =>
  new Busboy({
    headers: { 'content-type': contentType },
    defCharset: charsetOf(contentType),
    isPartAFile: (name) => name !== undefined && files.includes(name),
    limits: LIMITS,
  });

/** Collects what a parser finds, each name once. */
const collect = (parser: BusboyInstance): Promise<Form> =>
  new Promise((resolve, reject) => {
    const found = new Map<string, string | File>();
    const names = new Set<string>();
    const fail = (): void => reject(broken());
    const take = (name: string): void => {
      if (names.has(name) || name.length > LIMITS.fieldNameSize) fail();
      names.add(name);
    };
    parser.on('field', (name: string | undefined, value, nameTruncated, valueTruncated) => {
      // A part without a name is no field (RFC 7578, section 4.2).
      if (name === undefined || nameTruncated || valueTruncated) return fail();
      take(name);
      found.set(name, value);
    });
    parser.on('file', (name: string, stream: BusboyFileStream) => {
      take(name);
      const chunks: Buffer<ArrayBuffer>[] = [];
      stream.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk));
      stream.once('error', fail);
      stream.once('end', () => found.set(name, new File(chunks, name)));
    });
    for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const) parser.once(limit, fail);
    parser.on('error', fail);
    parser.once('finish', () => resolve(Object.fromEntries(found)));
  });

const parse = async (contentType: string, body: Buffer, files: readonly string[]): Promise<Form> => {
  const parser = parserOf(contentType, files);
  const collected = collect(parser);
  parser.end(body);
  const timer = new AbortController();
  const silence = sleep(SILENCE_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw broken();
  });
  try {
    return await Promise.race([collected, silence]);
  } finally {
    silence.catch(() => {});
    timer.abort();
  }
};

/** Reads forms with any legal boundary and charset. What is broken or too much is INVALID_FORM, never a fault. */
export const readMultipart: FormReader = async (contentType, body, files) => {
  try {
    return await parse(contentType, body, files);
  } catch {
    throw broken();
  }
};
