import { LARGEST_FILE } from '../../../shared/contracts/file-field.ts';
import type { DocumentType } from '../../../shared/kyc/images/document.ts';
import * as pdfPictures from './pdf-pictures.ts';
import * as pdfs from './pdfs.ts';
import * as pictures from './pictures.ts';

/** A file that somebody could upload. Files are made when they are asked for: none lies in the repository. */
export interface Specimen {
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
  /** What it is taken for; refused without. */
  readonly type?: DocumentType;
}

const ZIP = Buffer.from('PK\u0003\u0004CANARY-ZIP');
const PAGE = Buffer.from('<html><script>CANARY-PAGE</script></html>');

const joined =
  (first: () => Buffer | Promise<Buffer>, ...rest: readonly Buffer[]) =>
  async (): Promise<Buffer> =>
    Buffer.concat([await first(), ...rest]);

const shortened = (make: () => Promise<Buffer>, share: number) => async (): Promise<Buffer> => {
  const whole = await make();
  return whole.subarray(0, Math.floor(whole.length * share));
};

const packed = (change: Parameters<typeof pdfs.pdf>[0]) => () => pdfs.pdf(change, { packed: true });
const plain = (change: Parameters<typeof pdfs.pdf>[0]) => () => pdfs.pdf(change);

/** Taken, whatever is hidden in them left out. */
export const TAKEN: readonly Specimen[] = [
  { name: 'a JPEG', make: () => pictures.jpeg(), type: 'image/jpeg' },
  { name: 'a PNG', make: () => pictures.png(), type: 'image/png' },
  { name: 'a photograph of 4 MB', make: pictures.photograph, type: 'image/jpeg' },
  { name: '25 million pixels', make: pictures.largestPhotograph, type: 'image/jpeg' },
  { name: '25 million pixels of one colour', make: () => pictures.bomb(5000, 5000), type: 'image/png' },
  { name: 'a turned JPEG with GPS', make: pictures.turnedWithGps, type: 'image/jpeg' },
  { name: '5 MiB exactly', make: () => pictures.jpegOf(LARGEST_FILE), type: 'image/jpeg' },
  { name: 'a JPEG that is a ZIP too', make: joined(pictures.jpeg, ZIP), type: 'image/jpeg' },
  { name: 'a PNG that is a page too', make: joined(pictures.png, PAGE), type: 'image/png' },
  { name: 'a PDF', make: plain(undefined), type: 'application/pdf' },
  { name: 'a packed PDF', make: packed(undefined), type: 'application/pdf' },
  { name: 'a PDF that opens at a page', make: plain(pdfs.withDestination), type: 'application/pdf' },
  { name: 'a PDF with a link', make: plain(pdfs.withLink), type: 'application/pdf' },
  { name: 'a PDF that says who wrote it', make: plain(pdfs.withMetadata), type: 'application/pdf' },
  { name: 'a packed PDF that says who wrote it', make: packed(pdfs.withMetadata), type: 'application/pdf' },
  {
    name: 'a PDF with a JPEG that tells where it was taken',
    make: plain(pdfPictures.withTellingJpeg),
    type: 'application/pdf',
  },
  { name: 'a packed PDF with such a JPEG', make: packed(pdfPictures.withTellingJpeg), type: 'application/pdf' },
  {
    name: 'a PDF with such a JPEG packed once more',
    make: packed(pdfPictures.withPackedJpeg),
    type: 'application/pdf',
  },
  { name: 'a PDF with such a JPEG spelt out', make: plain(pdfPictures.withSpeltJpeg), type: 'application/pdf' },
  { name: 'a PDF with such a JPEG in four colours', make: plain(pdfPictures.withCmyk), type: 'application/pdf' },
  { name: 'a PDF with such a JPEG 2000', make: plain(pdfPictures.withJpeg2000), type: 'application/pdf' },
  { name: 'a PDF with a photograph of 4 MB', make: plain(pdfPictures.withLargePicture), type: 'application/pdf' },
  { name: 'a PDF that is a ZIP too', make: joined(plain(undefined), ZIP), type: 'application/pdf' },
  {
    name: 'a page that is a PDF too',
    make: async () => Buffer.concat([PAGE, Buffer.from('\n'), await pdfs.pdf()]),
    type: 'application/pdf',
  },
  { name: 'a PDF with a script in an older version', make: pdfs.withOlderVersion, type: 'application/pdf' },
];

const ACTIVE: Readonly<Record<string, Parameters<typeof pdfs.pdf>[0]>> = {
  JavaScript: pdfs.withJavaScript,
  'an attachment': pdfs.withAttachment,
  'a program to launch': pdfs.withLaunch,
  'actions of its pages': pdfs.withPageActions,
  'an XFA form': pdfs.withXfa,
  'a portfolio': pdfs.withPortfolio,
  'rich media': pdfs.withRichMedia,
  'an attached file on a page': pdfs.withFileAnnotation,
  'a form that is sent': pdfs.withSubmitForm,
};

export const REFUSED: readonly Specimen[] = [
  { name: 'nothing', make: () => Buffer.alloc(0) },
  { name: 'text', make: () => Buffer.from('This is a photograph.') },
  { name: 'a program', make: () => Buffer.from(`MZ${'\0'.repeat(200)}`) },
  { name: 'a page', make: () => PAGE },
  { name: 'a ZIP', make: () => ZIP },
  { name: 'an SVG', make: () => pictures.SVG },
  { name: 'a WebP', make: pictures.webp },
  { name: 'a GIF', make: pictures.gif },
  { name: 'a TIFF', make: pictures.tiff },
  { name: 'the beginning of a JPEG', make: async () => (await pictures.jpeg()).subarray(0, 3) },
  { name: 'half a JPEG', make: shortened(() => pictures.jpeg(640, 480), 0.5) },
  { name: 'half a PNG', make: shortened(() => pictures.png(640, 480), 0.5) },
  { name: 'half a PDF', make: shortened(() => pdfs.pdf(), 0.5) },
  { name: 'the beginning of a PDF', make: () => Buffer.from('%PDF-1.7') },
  { name: 'a pixel over 25 million', make: () => pictures.bomb(25_000_001, 1) },
  { name: 'a bomb of 625 million pixels', make: () => pictures.bomb(25_000, 25_000) },
  { name: 'an encrypted PDF', make: pdfs.encrypted },
  { name: 'a PDF with a script under another spelling', make: pdfs.withSpeltName },
  { name: 'a PDF with the name of an action elsewhere', make: pdfs.withNameElsewhere },
  { name: 'a PDF with a JPEG that was cut short', make: plain(pdfPictures.withHalfJpeg) },
  { name: 'a PDF with a picture that unpacks to 300 MB', make: plain(pdfPictures.withJpegBomb) },
  ...Object.entries(ACTIVE).flatMap(([name, change]) => [
    { name: `a PDF with ${name}`, make: plain(change) },
    { name: `a packed PDF with ${name}`, make: packed(change) },
  ]),
  ...Object.entries(pdfs.LABORIOUS).map(([name, make]) => ({ name: `a PDF of ${name}`, make })),
];
