/*
 * JPEG 2000 files are boxes around a code stream (ITU-T T.800, annexes A and I); in a PDF the stream can stand alone.
 * Boxes of XMP, EXIF and addresses, and comments of the stream, are in none of what a decoder needs.
 */

/** Signature, kind of file, headers and code streams. */
const NEEDED = new Set(['jP  ', 'ftyp', 'rreq', 'jp2h', 'jpch', 'jplh', 'jp2c']);

const CODE_STREAM = 'jp2c';

/** Of a box: four bytes of length, which counts itself, and four of type. */
const HEADER_BYTES = 8;
const LENGTH_BYTES = 4;

/** A length that is none: the box goes to the end of the file. */
const TO_THE_END = 0;

const START_OF_STREAM = 0xff4f;
const START_OF_TILE = 0xff90;
const COMMENT = 0xff64;

/** The main header without comments, and all that is behind it. */
const withoutComments = (stream: Buffer): Buffer | undefined => {
  if (stream.length < 2 || stream.readUInt16BE(0) !== START_OF_STREAM) return undefined;
  const kept = [stream.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= stream.length) {
    const marker = stream.readUInt16BE(at);
    if (marker === START_OF_TILE) return Buffer.concat([...kept, stream.subarray(at)]);
    const end = at + 2 + stream.readUInt16BE(at + 2);
    if (marker !== COMMENT) kept.push(stream.subarray(at, end));
    at = end;
  }
  return undefined;
};

/** The box, of the given type and contents. */
const box = (type: string, contents: Buffer): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES + contents.length);
  header.write(type, LENGTH_BYTES, 'latin1');
  return Buffer.concat([header, contents]);
};

/** A JPEG 2000 file or code stream without what it says beside its picture; `undefined` for one that is not whole. */
export const withoutJpeg2000Metadata = (bytes: Uint8Array): Uint8Array | undefined => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length >= 2 && file.readUInt16BE(0) === START_OF_STREAM) return withoutComments(file);
  const kept: Buffer[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= file.length) {
    const length = file.readUInt32BE(at);
    const end = length === TO_THE_END ? file.length : at + length;
    if (end < at + HEADER_BYTES || end > file.length) return undefined;
    const type = file.toString('latin1', at + LENGTH_BYTES, at + HEADER_BYTES);
    const contents = file.subarray(at + HEADER_BYTES, end);
    const clean = type === CODE_STREAM ? withoutComments(contents) : contents;
    if (!clean) return undefined;
    if (NEEDED.has(type)) kept.push(box(type, clean));
    at = end;
  }
  return kept.length === 0 ? undefined : Buffer.concat(kept);
};
