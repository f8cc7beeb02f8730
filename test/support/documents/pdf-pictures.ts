import { deflateSync } from 'node:zlib';
import type { Change } from './pdfs.ts';
import * as pictures from './pictures.ts';

/** The filters that a picture can lie under, from the outermost on. */
const PICTURE_FILTERS = {
  none: (bytes: Buffer) => bytes,
  FlateDecode: (bytes: Buffer) => deflateSync(bytes),
  ASCIIHexDecode: (bytes: Buffer) => Buffer.from(`${bytes.toString('hex')}>`),
} as const;

/** Puts a file of a picture on the page as it is, by its filter, under another one. */
const withPicture =
  (
    make: () => Promise<Buffer> | Buffer,
    filter: string,
    colours: string,
    under: keyof typeof PICTURE_FILTERS,
  ): Change =>
  async (document) => {
    const page = document.getPage(0);
    const { context } = document;
    const dict = {
      Type: 'XObject',
      Subtype: 'Image',
      Width: 320,
      Height: 240,
      BitsPerComponent: 8,
      ColorSpace: colours,
    };
    const filters = under === 'none' ? filter : [under, filter];
    const parameters = under === 'none' ? undefined : [null, { ColorTransform: 1 }];
    const bytes = PICTURE_FILTERS[under](await make());
    const picture = context.stream(bytes, { ...dict, Filter: filters, DecodeParms: parameters });
    page.node.newXObject('Im', context.register(picture));
  };

export const withTellingJpeg = withPicture(() => pictures.tellingJpeg(), 'DCTDecode', 'DeviceRGB', 'none');
export const withPackedJpeg = withPicture(() => pictures.tellingJpeg(), 'DCTDecode', 'DeviceRGB', 'FlateDecode');
export const withSpeltJpeg = withPicture(() => pictures.tellingJpeg(), 'DCT', 'DeviceRGB', 'ASCIIHexDecode');
export const withCmyk = withPicture(pictures.tellingCmyk, 'DCTDecode', 'DeviceCMYK', 'none');
export const withJpeg2000 = withPicture(pictures.tellingJpeg2000, 'JPXDecode', 'DeviceRGB', 'none');
export const withLargePicture = withPicture(() => pictures.photograph(), 'DCTDecode', 'DeviceRGB', 'none');
export const withHalfJpeg = withPicture(
  async () => (await pictures.jpeg(640, 480)).subarray(0, -2),
  'DCTDecode',
  'DeviceRGB',
  'none',
);
/** A picture that unpacks to 300 MB before it is one. */
export const withJpegBomb = withPicture(() => Buffer.alloc(300 * 1_000_000), 'DCTDecode', 'DeviceRGB', 'FlateDecode');
