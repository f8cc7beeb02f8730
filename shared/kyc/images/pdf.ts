import { PDFWriter } from '@cantoo/pdf-lib';
import type { ReadDocument } from './document.ts';
import { BoundedPdfParser } from './pdf-parser.ts';
import { isHarmless, strip } from './pdf-contents.ts';
import { cleanPictures } from './pdf-pictures.ts';

/** Where a PDF must have begun; readers of it look no farther. */
const HEADER_BYTES = 1_024;

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, HEADER_BYTES)).includes('%PDF-');

/**
 * Reads PDFs. What comes out is written anew from the objects that were looked at: what is before, between and after
 * them, and what a later version of an object replaced, is gone. Signatures lose their worth by that.
 */
export const readPdf: ReadDocument = async (bytes) => {
  if (!isPdf(bytes)) return undefined;
  try {
    const context = await new BoundedPdfParser(bytes).parseDocument();
    if (!isHarmless(context)) return undefined;
    strip(context);
    cleanPictures(context);
    const written = await PDFWriter.forContext(context, Infinity).serializeToBuffer();
    return { contentType: 'application/pdf', bytes: written };
  } catch {
    // The library has many kinds of errors for what is wrong with a file, and one for what is wrong with itself.
    return undefined;
  }
};
