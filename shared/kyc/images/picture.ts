import sharp, { type FormatEnum, type Sharp } from 'sharp';
import type { Document, ReadDocument } from './document.ts';

/** 25 million: the cameras of most phones stay under it, and decoded it takes 100 MB. */
export const MOST_PIXELS = 25_000_000;

/** Text on a photographed card stays sharp: little compression, and no colours shared between pixels. */
const JPEG = { quality: 90, chromaSubsampling: '4:4:4' } as const;

/** Smaller gains nothing that is worth its time. */
const PNG = { compressionLevel: 6 } as const;

const isKnown = (format: keyof FormatEnum | undefined): format is 'jpeg' | 'png' =>
  format === 'jpeg' || format === 'png';

/** Everything is decoded and turned upright; what the file says beside its pixels stays behind. */
const encode = async (picture: Sharp): Promise<Document | undefined> => {
  const { format } = await picture.metadata();
  if (!isKnown(format)) return undefined;
  const upright = picture.autoOrient();
  const encoded = format === 'jpeg' ? upright.jpeg(JPEG) : upright.png(PNG);
  return { contentType: `image/${format}`, bytes: await encoded.toBuffer() };
};

/**
 * Reads JPEG and PNG pictures, and nothing else that the library could. A function serves one request at a time, so
 * nothing is kept for the next one, and one thread is enough.
 */
export const createPictureReader = (): ReadDocument => {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
  return async (bytes) => {
    try {
      return await encode(sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'warning', sequentialRead: true }));
    } catch {
      // The library has one kind of error for whatever is wrong with a picture.
      return undefined;
    }
  };
};
