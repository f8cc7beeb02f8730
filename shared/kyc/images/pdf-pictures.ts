import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import { withoutJpeg2000Metadata } from './jpeg-2000-metadata.ts';
import { withoutJpegMetadata } from './jpeg-metadata.ts';
import { UnreadablePdfError } from './pdf-parser.ts';

/*
 * Pictures that lie in a PDF as files of their own. Their metadata is cut out; they are not encoded anew, for what their
 * samples mean stands in the PDF around them (colour space, `Decode`, masks), and a picture library, which takes CMYK
 * for what it is in files, would give back other ones.
 */

const FILTER = PDFName.of('Filter');
const PARAMETERS = PDFName.of('DecodeParms');

type Clean = (bytes: Uint8Array) => Uint8Array | undefined;

/** By the last filter of their stream; the second is a spelling that readers take too. */
const CLEANERS: ReadonlyMap<PDFObject, Clean> = new Map([
  [PDFName.of('DCTDecode'), withoutJpegMetadata],
  [PDFName.of('DCT'), withoutJpegMetadata],
  [PDFName.of('JPXDecode'), withoutJpeg2000Metadata],
]);

const FLATE = PDFName.of('FlateDecode');
const TEXT_FILTERS: ReadonlySet<PDFObject> = new Set([PDFName.of('ASCII85Decode'), PDFName.of('ASCIIHexDecode')]);

/** Pictures are compressed already: packed once more they lose next to nothing. */
const MOST_BYTES = 10 * 1024 * 1024;

const filtersOf = (dict: PDFDict): readonly (PDFObject | undefined)[] => {
  const filter = dict.lookup(FILTER);
  if (filter instanceof PDFArray) return filter.asArray().map((_, index) => filter.lookup(index));
  return filter === undefined ? [] : [filter];
};

/** What a filter around a picture hides. */
const unpack = (context: PDFContext, bytes: Uint8Array, filter: PDFObject | undefined): Uint8Array => {
  if (filter === FLATE) return inflateSync(bytes, { maxOutputLength: MOST_BYTES });
  if (filter === undefined || !TEXT_FILTERS.has(filter)) {
    throw new UnreadablePdfError('A picture is packed as no program does.');
  }
  const dict = PDFDict.withContext(context);
  dict.set(FILTER, filter);
  return decodePDFRawStream(PDFRawStream.of(dict, bytes)).decode();
};

/** The parameters of the last filter, where each has some. */
const keepLastParameters = (dict: PDFDict): void => {
  const parameters = dict.lookup(PARAMETERS);
  if (!(parameters instanceof PDFArray)) return;
  const last = parameters.size() > 0 ? parameters.lookup(parameters.size() - 1) : undefined;
  if (last instanceof PDFDict) dict.set(PARAMETERS, last);
  else dict.delete(PARAMETERS);
};

const cleanPicture = (context: PDFContext, stream: PDFRawStream): void => {
  const { dict } = stream;
  const filters = filtersOf(dict);
  const last = filters.at(-1);
  const clean = last && CLEANERS.get(last);
  if (!last || !clean) return;
  const outer = filters.slice(0, -1);
  const cleaned = clean(outer.reduce((bytes, filter) => unpack(context, bytes, filter), stream.contents));
  if (!cleaned) throw new UnreadablePdfError('A picture in it is not whole.');
  stream.updateContents(cleaned);
  dict.set(FILTER, last);
  if (outer.length > 0) keepLastParameters(dict);
};

/**
 * Takes EXIF, GPS, XMP and the like out of the pictures of a document.
 *
 * @throws UnreadablePdfError for a picture that is not whole, or packed so that it cannot be looked at.
 */
export const cleanPictures = (context: PDFContext): void => {
  for (const [, value] of context.enumerateIndirectObjects()) {
    if (value instanceof PDFRawStream) cleanPicture(context, value);
  }
};
