import { afterAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import * as z from 'zod';
import { LARGEST_FILE } from '../../../shared/contracts/file-field.ts';
import { REFUSED, type Specimen, TAKEN } from '../../support/documents/corpus.ts';
import { contentsOf } from '../../support/documents/pdf-contents.ts';
import * as pdfPictures from '../../support/documents/pdf-pictures.ts';
import * as pdfs from '../../support/documents/pdfs.ts';
import * as pictures from '../../support/documents/pictures.ts';
import { somebody } from '../../support/journey.ts';
import { calling, documentsOf, postForm, sendImage, sweepDocuments } from '../../support/kyc-documents.ts';
import { envelopeOf } from '../../support/local-stack.ts';
import { uploadForm } from '../../support/upload-form.ts';
import { useJourney } from '../../support/use-journey.ts';

/** Everything is looked at by a process that runs for all of them, as in a container that is reused. */
const TIMEOUT_MS = 300_000;

/** What of a function's memory may ever be in use. */
const SHARE = 0.8;
const PHOTOGRAPH_MB = 400;
const MB = 1024 * 1024;

describe('documents over HTTP', () => {
  const live = useJourney({ stage: 'test', functionsAs: 'processes' });
  let documents: ReturnType<typeof documentsOf> | undefined;
  const bucket = () => (documents ??= documentsOf(live.stack));
  afterAll(() => documents?.close());

  const loggedIn = async () => {
    const token = await live.journey.loggedIn(somebody());
    const send = async (file: Uint8Array | undefined, fields?: Readonly<Record<string, string>>) =>
      envelopeOf(await sendImage(live.stack, token, file, fields));
    return { token, send, call: calling(live.stack, token) };
  };

  const start = async (call: Awaited<ReturnType<typeof loggedIn>>['call'], size: number, contentType = 'image/jpeg') =>
    uploadForm.parse((await call('/v1/kyc/image/upload_url', { type: 1, contentType, size })).data);

  /** The most memory that a process of the function ever held, in MB. */
  const peakMb = (operation: string): number =>
    Math.max(
      ...live.stack.stack
        .processes()
        .filter(({ functionName }) => functionName.endsWith(`-kyc-${operation}`))
        .map(({ peakRssBytes }) => (peakRssBytes ?? 0) / MB),
    );

  const memoryMb = (operation: string): number =>
    live.stack.stack.application.functions.find(({ name }) => name.endsWith(`-kyc-${operation}`))?.memoryMb ?? 0;

  it(
    'takes a photograph of 4 MB with at most 400 MB of memory',
    async () => {
      const { send } = await loggedIn();
      const photograph = await pictures.photograph();
      expect(photograph.length).toBeGreaterThan(3.9 * 1_000_000);
      const { code, msg, data } = await send(photograph);
      expect({ code, msg }).toEqual({ code: 1, msg: 'Success' });
      expect(data).toMatchObject({ contentType: 'image/jpeg', size: photograph.length });
      const { id, filename } = z.object({ id: z.string(), filename: z.string() }).parse(data);
      expect(id).toMatch(/^[0-9a-f]{32}_\d{13}$/);
      expect(filename).toBe(`${id.slice(33)}.jpg`);
      expect(peakMb('image')).toBeGreaterThan(50);
      expect(peakMb('image')).toBeLessThan(PHOTOGRAPH_MB);
    },
    TIMEOUT_MS,
  );

  it('stores what it has written anew, under a key nobody can guess, and a newer one in its place', async () => {
    const { send } = await loggedIn();
    const before = await bucket().keys();
    expect(await send(await pictures.turnedWithGps())).toMatchObject({ code: 1 });
    const added = (await bucket().keys()).filter((key) => !before.includes(key));
    expect(added).toEqual([expect.stringMatching(/^identity\/[\w-]{43}$/)]);
    const { bytes, type } = await bucket().read(added[0] ?? '');
    expect(type).toBe('image/jpeg');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 48, height: 64 });
    expect(bytes.toString('latin1')).not.toContain('CANARY');
    expect(await send(await pictures.png())).toMatchObject({ code: 1, data: { contentType: 'image/png' } });
    const both = (await bucket().keys()).filter((key) => !before.includes(key));
    await sweepDocuments(live.stack);
    const left = (await bucket().keys()).filter((key) => both.includes(key));
    expect(left).toEqual(both.filter((key) => key !== added[0]));
  });

  it('stores PDFs without what they and their pictures say of who made them, when and where', async () => {
    const { send } = await loggedIn();
    for (const change of [
      pdfs.withMetadata,
      pdfPictures.withTellingJpeg,
      pdfPictures.withPackedJpeg,
      pdfPictures.withCmyk,
    ]) {
      for (const packed of [false, true]) {
        const before = await bucket().keys();
        const sent = await pdfs.pdf(change, { packed });
        expect(await contentsOf(sent)).toContain('CANARY');
        expect(await send(sent)).toMatchObject({ code: 1, data: { contentType: 'application/pdf' } });
        const key = (await bucket().keys()).find((one) => !before.includes(one)) ?? '';
        expect(await contentsOf((await bucket().read(key)).bytes)).not.toMatch(/CANARY|xmpmeta/);
      }
    }
  });

  it('says what is wrong in the words of the reference', async () => {
    const { send } = await loggedIn();
    const picture = await pictures.jpeg();
    for (const type of ['0', '7', '', '1.5', 'x']) {
      expect(await send(picture, { type })).toMatchObject({ code: -2, msg: 'Invalid type.' });
    }
    expect(await send(picture, {})).toMatchObject({ code: -2, msg: 'Invalid type.' });
    expect(await send(undefined)).toMatchObject({ code: -2, msg: 'Invalid file.' });
    expect(await send(Buffer.from('text'))).toMatchObject({ code: -2, msg: 'Invalid file.' });
  });

  it(
    'takes or refuses every specimen within its memory',
    async () => {
      const { send, call } = await loggedIn();
      const fitting = 4_400_000;
      const deliver = async ({ make }: Specimen) => {
        const bytes = await make();
        if (bytes.length <= fitting) return send(bytes);
        const form = await start(call, Math.min(bytes.length, LARGEST_FILE));
        await postForm(form, bytes.subarray(0, LARGEST_FILE));
        return call('/v1/kyc/image/complete', { id: form.id });
      };
      const judged: unknown[] = [];
      for (const specimen of [...TAKEN, ...REFUSED]) {
        const { code, data } = await deliver(specimen);
        const type = z.object({ contentType: z.string() }).safeParse(data).data?.contentType;
        judged.push({ name: specimen.name, code, type });
      }
      const expected = [...TAKEN, ...REFUSED].map(({ name, type }) => ({ name, code: type ? 1 : -2, type }));
      expect(judged).toEqual(expected);
      for (const operation of ['image', 'image-complete']) {
        expect(peakMb(operation)).toBeLessThan(SHARE * memoryMb(operation));
      }
    },
    TIMEOUT_MS,
  );

  it('names the other way above the limit of the gateway, and takes up to 5 MiB by it', async () => {
    const { send, call } = await loggedIn();
    const largest = await pictures.jpegOf(LARGEST_FILE);
    expect(await send(largest)).toMatchObject({ code: -413, msg: expect.stringContaining('/v1/kyc/image/upload_url') });
    const form = await start(call, largest.length);
    expect(form.expiresAt - Date.now()).toBeLessThanOrEqual(600_000);
    expect(await call('/v1/kyc/image/complete', { id: form.id })).toMatchObject({ code: -2, msg: 'Invalid file.' });
    expect((await postForm(form, largest)).status).toBe(204);
    const done = await call('/v1/kyc/image/complete', { id: form.id });
    expect(done).toMatchObject({
      code: 1,
      data: { contentType: 'image/jpeg', filename: `${form.id.slice(33)}.jpg`, id: form.id, size: LARGEST_FILE },
    });
    expect((await bucket().keys()).filter((key) => key.startsWith('incoming/'))).toEqual([]);
    // An answer that was lost can be asked for again.
    expect((await call('/v1/kyc/image/complete', { id: form.id })).data).toEqual(done.data);
    const other = await loggedIn();
    expect(await other.call('/v1/kyc/image/complete', { id: form.id })).toMatchObject({ code: -404 });
  });

  it('hands out forms that take that file and no other', async () => {
    const { call } = await loggedIn();
    const picture = await pictures.jpeg();
    const form = await start(call, picture.length);
    expect(await postForm(form, Buffer.concat([picture, Buffer.from('x')]))).toMatchObject({ status: 400 });
    expect(await postForm(form, picture.subarray(1))).toMatchObject({ status: 400 });
    expect(await postForm(form, picture, { 'Content-Type': 'text/html' })).toMatchObject({ status: 403 });
    expect(await postForm(form, picture, { key: 'identity/x' })).toMatchObject({ status: 403 });
    expect(await postForm(form, picture)).toMatchObject({ status: 204 });
  });

  it.each([
    [{ type: 7 }, 'Invalid type.'],
    [{ type: '1' }, 'Invalid type.'],
    [{ contentType: 'image/gif' }, 'Invalid file.'],
    [{ size: LARGEST_FILE + 1 }, 'Invalid file.'],
    [{ size: 0 }, 'Invalid file.'],
  ])('hands out no form for %j', async (change, msg) => {
    const { call } = await loggedIn();
    const asked = { type: 1, contentType: 'image/jpeg', size: 1_000, ...change };
    expect(await call('/v1/kyc/image/upload_url', asked)).toMatchObject({ code: -2, msg });
  });
});
