import { deflateSync, crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const RGB = { channels: 3, background: '#d8c8b0' } as const;

const blank = (width: number, height: number): Sharp => sharp({ create: { width, height, ...RGB } });

/** A picture with as much in it as a photograph has: noise around grey. */
const noisy = (width: number, height: number, sigma: number): Sharp =>
  sharp({ create: { width, height, ...RGB, noise: { type: 'gaussian', mean: 128, sigma } } });

export const jpeg = (width = 64, height = 48): Promise<Buffer> => blank(width, height).jpeg().toBuffer();

export const png = (width = 64, height = 48): Promise<Buffer> => blank(width, height).png().toBuffer();

/** A JPEG of 12 million pixels, like a phone's, of about 4 MB. */
export const photograph = (): Promise<Buffer> => noisy(4000, 3000, 26).jpeg({ quality: 80 }).toBuffer();

/** A photograph of the highest resolution that is taken. */
export const largestPhotograph = (): Promise<Buffer> => noisy(5000, 5000, 20).jpeg({ quality: 70 }).toBuffer();

/** Wider than high, but to be shown turned by a quarter; says where it was taken and with what. */
export const turnedWithGps = (): Promise<Buffer> =>
  blank(64, 48)
    .withExif({
      IFD0: { Make: 'CANARY-CAMERA' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '25/1 2/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 33/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A segment of a JPEG. */
const segment = (marker: number, contents: string): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(contents.length + 2, 2);
  return Buffer.concat([head, Buffer.from(contents, 'latin1')]);
};

const XMP = 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><exif:GPSLatitude>CANARY-XMP</exif:GPSLatitude></x:xmpmeta>';

/** What cameras and programs write beside a picture. */
const TELLING = [
  segment(0xe0, 'JFXX\0\x13CANARY-THUMBNAIL'),
  segment(0xe1, XMP),
  segment(0xe2, 'ICC_PROFILE\0\x01\x01CANARY-PROFILE'),
  segment(0xed, 'Photoshop 3.0\x008BIM\x04\x04CANARY-IPTC'),
  segment(0xfe, 'CANARY-COMMENT'),
];

const MARKED = { IFD0: { Make: 'CANARY-CAMERA' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '25/1 2/1 0/1' } };

/** A JPEG that tells where it was taken in every way there is, and more behind its end. */
export const tellingJpeg = async (change: (picture: Sharp) => Sharp = (picture) => picture): Promise<Buffer> => {
  const picture = await change(noisy(320, 240, 40))
    .withExif(MARKED)
    .jpeg({ progressive: true })
    .toBuffer();
  return Buffer.concat([picture.subarray(0, 2), ...TELLING, picture.subarray(2), Buffer.from('CANARY-BEHIND')]);
};

/** As programs for print make them: four colours, and Adobe's mark that says how they are written. */
export const tellingCmyk = (): Promise<Buffer> => tellingJpeg((picture) => picture.toColourspace('cmyk'));

const box = (type: string, contents: Buffer | string): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + contents.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, Buffer.from(contents)]);
};

/** The outside of a JPEG 2000 file, with boxes and a comment that tell; there is no picture in it. */
export const tellingJpeg2000 = (): Buffer =>
  Buffer.concat([
    box('jP  ', Buffer.from('0d0a870a', 'hex')),
    box('ftyp', 'jp2 \0\0\0\0jp2 '),
    box('jp2h', 'HEADERS'),
    box('xml ', 'CANARY-XML'),
    box('uuid', 'CANARY-UUID'),
    box(
      'jp2c',
      Buffer.concat([
        Buffer.from('ff4fff510006', 'hex'),
        Buffer.from('SIZE'),
        segment(0x64, '\0\x01CANARY-COMMENT'),
        Buffer.from('ff90', 'hex'),
        Buffer.from('TILES'),
      ]),
    ),
  ]);

export const webp = (): Promise<Buffer> => blank(64, 48).webp().toBuffer();
export const gif = (): Promise<Buffer> => blank(64, 48).gif().toBuffer();
export const tiff = (): Promise<Buffer> => blank(64, 48).tiff().toBuffer();

export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x</script></svg>');

const COMMENT = Buffer.from([0xff, 0xfe]);
const LONGEST_COMMENT = 0xffff;

/** A comment of a JPEG, of so many bytes with its marker. */
const comment = (bytes: number): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes - COMMENT.length);
  return Buffer.concat([COMMENT, length, Buffer.alloc(bytes - 4, 'x')]);
};

/** A JPEG of exactly that size, filled with comments, which any reader skips. */
export const jpegOf = async (bytes: number): Promise<Buffer> => {
  const picture = await jpeg();
  const comments: Buffer[] = [];
  let missing = bytes - picture.length;
  while (missing > 0) {
    const next = missing > LONGEST_COMMENT + 4 ? LONGEST_COMMENT : Math.min(missing, LONGEST_COMMENT + 2);
    comments.push(comment(next));
    missing -= next;
  }
  return Buffer.concat([picture.subarray(0, 2), ...comments, picture.subarray(2)]);
};

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

const BLACK_AND_WHITE = [1, 0, 0, 0, 0] as const;

/** A PNG of one colour, one bit a pixel: a few KB that unpack to `width` times `height` pixels. */
export const bomb = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(BLACK_AND_WHITE, 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
};
