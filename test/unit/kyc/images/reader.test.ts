import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { createDocumentReader } from '../../../../shared/kyc/images/reader.ts';
import { REFUSED, TAKEN } from '../../../support/documents/corpus.ts';
import * as pictures from '../../../support/documents/pictures.ts';
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
      expect(written.toString('latin1')).not.toMatch(/CANARY|JavaScript|<html>/);
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
