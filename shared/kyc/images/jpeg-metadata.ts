/*
 * JPEG files are segments, each with a marker (ITU-T T.81, annex B). Those that a decoder needs are kept as they are, so
 * that the picture stays what it was, colours of CMYK included; EXIF, XMP, IPTC, thumbnails and comments are in others.
 */

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Bytes of a marker, and of the length behind it, which counts itself. */
const MARKER_BYTES = 2;
const LENGTH_BYTES = 2;

/** Frames and Huffman and arithmetic tables; then scans, quantization tables, number of lines, restart interval. */
const isNeeded = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf) || (marker >= START_OF_SCAN && marker <= 0xdd);

/** What tells how colours are meant, by marker: a name and fixed fields, behind which a thumbnail or anything may be. */
const COLOUR_HINTS: Readonly<Record<number, { readonly name: string; readonly bytes: number }>> = {
  // Of the 14 bytes of JFIF the last two are the size of a thumbnail.
  0xe0: { name: 'JFIF\0', bytes: 14 },
  0xee: { name: 'Adobe', bytes: 12 },
};

const JFIF = 0xe0;
const JFIF_THUMBNAIL_AT = 12;

/** The segment without what is behind its fixed fields; `undefined` for one that is left out. */
const colourHint = (marker: number, contents: Uint8Array): Uint8Array | undefined => {
  const hint = COLOUR_HINTS[marker];
  if (!hint || contents.length < hint.bytes) return undefined;
  const fixed = contents.slice(0, hint.bytes);
  if (!Buffer.from(fixed).toString('latin1').startsWith(hint.name)) return undefined;
  if (marker === JFIF) fixed.fill(0, JFIF_THUMBNAIL_AT);
  return Buffer.concat([Uint8Array.of(MARKER, marker, 0, LENGTH_BYTES + fixed.length), fixed]);
};

/** In compressed data, a marker byte is followed by zero, by a restart, or by another marker byte. */
const isPartOfScan = (follower: number | undefined): boolean =>
  follower === 0 || follower === MARKER || (follower !== undefined && follower >= 0xd0 && follower <= 0xd7);

/** Where the compressed data behind a scan's header ends: at the next marker, or at the end of a file cut short. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  let at = bytes.indexOf(MARKER, from);
  while (at !== -1 && isPartOfScan(bytes[at + 1])) at = bytes.indexOf(MARKER, at + 1);
  return at === -1 ? bytes.length : at;
};

interface Segment {
  readonly marker: number;
  readonly start: number;
  /** Behind the segment; of a scan, behind its header. */
  readonly end: number;
}

/** The first segment from there on; bytes between segments are passed over, as decoders do. */
const segmentAt = (bytes: Uint8Array, from: number): Segment | undefined => {
  let start = bytes.indexOf(MARKER, from);
  while (start !== -1 && bytes[start + 1] === MARKER) start += 1;
  const marker = bytes[start + 1];
  if (start === -1 || marker === undefined) return undefined;
  if (marker === END_OF_IMAGE) return { marker, start, end: start + MARKER_BYTES };
  const lengthAt = start + MARKER_BYTES;
  const length = ((bytes[lengthAt] ?? 0) << 8) + (bytes[lengthAt + 1] ?? 0);
  const end = lengthAt + length;
  return length < LENGTH_BYTES || end > bytes.length ? undefined : { marker, start, end };
};

/**
 * A JPEG without what it says beside its picture, and without what is behind it; `undefined` for one that is not whole.
 * Nothing is decoded: what is kept is bit for bit what it was.
 */
export const withoutJpegMetadata = (bytes: Uint8Array): Uint8Array | undefined => {
  if (bytes[0] !== MARKER || bytes[1] !== START_OF_IMAGE) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, MARKER_BYTES)];
  let from = MARKER_BYTES;
  for (let segment = segmentAt(bytes, from); segment; segment = segmentAt(bytes, from)) {
    const { marker, start } = segment;
    from = marker === START_OF_SCAN ? endOfScan(bytes, segment.end) : segment.end;
    const whole = bytes.subarray(start, from);
    const hint = colourHint(marker, whole.subarray(MARKER_BYTES + LENGTH_BYTES));
    if (isNeeded(marker) || marker === END_OF_IMAGE) kept.push(whole);
    else if (hint) kept.push(hint);
    if (marker === END_OF_IMAGE) return Buffer.concat(kept);
  }
  return undefined;
};
