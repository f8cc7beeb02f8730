import { describe, expect, it } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { createDocumentReader } from '../../../../shared/kyc/images/reader.ts';
import { REFUSED, TAKEN } from '../../../support/documents/corpus.ts';
import * as pictures from '../../../support/documents/pictures.ts';
import { contentsOf, pictureIn } from '../../../support/documents/pdf-contents.ts';
import * as pdfPictures from '../../../support/documents/pdf-pictures.ts';
import * as pdfs from '../../../support/documents/pdfs.ts';

/** Much more than any of them takes, much less than one that would never end. */
const TIMEOUT_MS = 20_000;

const read = createDocumentReader();

describe('documents that are taken', () => {
  it.each(TAKEN)(
    '$name',
    async ({ make, type }) => {
      const bytes = await make();
      const document = await read(bytes);
      expect(document?.contentType).toBe(type);
      const written = Buffer.from(document?.bytes ?? []);
      const held = type === 'application/pdf' ? await contentsOf(written) : written.toString('latin1');
      expect(held).not.toMatch(/CANARY|JavaScript|<html>|xmpmeta/);
      // What was written is a document by the same rules.
      expect((await read(written))?.contentType).toBe(type);
    },
    TIMEOUT_MS,
  );

  it('are turned upright, and tell nothing but their pixels', async () => {
    const bytes = await pictures.turnedWithGps();
    expect(bytes.toString('latin1')).toContain('CANARY-CAMERA');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 64, height: 48, orientation: 6 });
    const metadata = await sharp((await read(bytes))?.bytes).metadata();
    expect(metadata).toMatchObject({ width: 48, height: 64, format: 'jpeg' });
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['three colours', pdfPictures.withTellingJpeg],
    ['three colours, packed once more', pdfPictures.withPackedJpeg],
    ['four colours', pdfPictures.withCmyk],
  ] as const)('keep every sample of a JPEG in a PDF: %s', async (_name, change) => {
    const bytes = await pdfs.pdf(change);
    const written = (await read(bytes))?.bytes ?? new Uint8Array();
    const [before, after] = [await pictureIn(bytes), await pictureIn(written)];
    const file = change === pdfPictures.withPackedJpeg ? inflateSync(before.file) : before.file;
    expect(file.toString('latin1')).toMatch(/CANARY-CAMERA[^]*CANARY-BEHIND|CANARY-XMP[^]*CANARY-CAMERA/);
    const samples = (jpeg: Buffer) => sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const [{ data, info }, kept] = [await samples(file), await samples(after.file)];
    expect(kept.info).toEqual(info);
    expect(kept.data.equals(data)).toBe(true);
    expect(after.dict).toMatch(/\/Filter \/DCTDecode/);
    expect(await sharp(after.file).metadata()).toMatchObject({ width: 320, height: 240, isProgressive: true });
  });

  it('keep the parameters of a picture whose packing they drop', async () => {
    const { dict } = await pictureIn(
      (await read(await pdfs.pdf(pdfPictures.withPackedJpeg)))?.bytes ?? new Uint8Array(),
    );
    expect(dict).toMatch(/\/DecodeParms\s*<<\s*\/ColorTransform 1\s*>>/);
  });

  it('keep of a JPEG 2000 in a PDF what a decoder needs', async () => {
    const { file } = await pictureIn((await read(await pdfs.pdf(pdfPictures.withJpeg2000)))?.bytes ?? new Uint8Array());
    expect(file.toString('latin1')).toMatch(/jP {2}[^]*ftyp[^]*jp2h[^]*HEADERS[^]*jp2c[^]*SIZE[^]*TILES$/);
  });

  it('keep what a PDF shows', async () => {
    const written = Buffer.from((await read(await pdfs.pdf(pdfs.withLink)))?.bytes ?? []).toString('latin1');
    expect(written).toMatch(/^%PDF-1\.7/);
    expect(written).toContain('https://bank.example');
    expect(written).toContain('/Contents');
  });
});

describe('files that are refused', () => {
  it.each(REFUSED)(
    '$name',
    async ({ make }) => {
      expect(await read(await make())).toBeUndefined();
    },
    TIMEOUT_MS,
  );
});
