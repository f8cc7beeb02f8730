import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';

/** All that a PDF holds, unpacked. */
export const contentsOf = async (bytes: Uint8Array): Promise<string> => {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const unpacked = context.enumerateIndirectObjects().flatMap(([, value]) => {
    const filter = value instanceof PDFRawStream ? value.dict.get(PDFName.of('Filter')) : undefined;
    const isPacked = value instanceof PDFRawStream && filter === PDFName.of('FlateDecode');
    return isPacked ? [Buffer.from(decodePDFRawStream(value).decode()).toString('latin1')] : [];
  });
  return [Buffer.from(bytes).toString('latin1'), ...unpacked].join('\n');
};

/** The file of the one picture of a PDF, and what the PDF says of it. */
export const pictureIn = async (bytes: Uint8Array): Promise<{ readonly file: Buffer; readonly dict: string }> => {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const streams = context
    .enumerateIndirectObjects()
    .flatMap(([, value]) => (value instanceof PDFRawStream ? [value] : []));
  const picture = streams.find(({ dict }) => dict.get(PDFName.of('Subtype')) === PDFName.of('Image'));
  return { file: Buffer.from(picture?.contents ?? []), dict: String(picture?.dict) };
};
