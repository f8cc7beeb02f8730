import type { ReadDocument } from './document.ts';
import { readPdf } from './pdf.ts';
import { createPictureReader } from './picture.ts';

/** Reads every type of document. The type is what the content says; a name or a header has no say in it. */
export const createDocumentReader = (): ReadDocument => {
  const readPicture = createPictureReader();
  return async (bytes) => (await readPicture(bytes)) ?? readPdf(bytes);
};
