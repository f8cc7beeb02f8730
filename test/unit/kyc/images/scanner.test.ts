import { describe, expect, it } from '@jest/globals';
import { createScan } from '../../../../shared/kyc/images/scanner.ts';

const ADDRESS = 'https://scanner.example/documents';
const DOCUMENT = Buffer.from('a document');

const answering = (status: number) => {
  const asked: { readonly to: string; readonly body: string }[] = [];
  const send: typeof fetch = async (to, options) => {
    asked.push({ to: to instanceof Request ? to.url : to.toString(), body: await new Response(options?.body).text() });
    return new Response(null, { status });
  };
  return { asked, scan: createScan(ADDRESS, send) };
};

describe('the scanner of documents', () => {
  it('is asked nothing where the stage has none', async () => {
    const scan = createScan('off', () => Promise.reject(new Error('Nobody is to be asked.')));
    expect(await scan(DOCUMENT)).toBe(true);
  });

  it.each([
    [204, true],
    [422, false],
  ])('says by %i whether a document is clean: %s', async (status, clean) => {
    const { asked, scan } = answering(status);
    expect(await scan(DOCUMENT)).toBe(clean);
    expect(asked).toEqual([{ to: ADDRESS, body: 'a document' }]);
  });

  it.each([200, 404, 500])('lets nothing pass that it answers %i to', async (status) => {
    await expect(answering(status).scan(DOCUMENT)).rejects.toThrow(`The scanner of documents answered ${status}.`);
  });

  it('lets nothing pass when it does not answer', async () => {
    const scan = createScan(ADDRESS, () => Promise.reject(new TypeError('fetch failed')));
    await expect(scan(DOCUMENT)).rejects.toMatchObject({ name: 'ScannerFailedError' });
  });
});
