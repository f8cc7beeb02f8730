import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { signingBucketService } from '../../../shared/platform/signing-bucket-service.ts';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'ap-northeast-1' };

const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, CREDENTIALS);
});
afterAll(() => {
  process.env = before;
});

const bucket = () => signingBucketService.open()('documents');

const policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(z.unknown()) });

describe('a bucket that signs', () => {
  it('makes a form bound to a key, a size and a type', async () => {
    const form = await bucket().form?.('incoming/a', 600, { contentType: 'image/png', bytes: 1_234 });
    expect(form?.url).toBe('https://documents.s3.ap-northeast-1.amazonaws.com/');
    expect(form?.fields).toMatchObject({ key: 'incoming/a', bucket: 'documents', 'Content-Type': 'image/png' });
    const signed = policy.parse(JSON.parse(Buffer.from(form?.fields['Policy'] ?? '', 'base64').toString()));
    expect(signed.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1_234, 1_234],
        { key: 'incoming/a' },
        { bucket: 'documents' },
        { 'Content-Type': 'image/png' },
      ]),
    );
    expect(Date.parse(signed.expiration) - Date.now()).toBeLessThanOrEqual(600_000);
  });

  it('makes a link that says how the object is shown', async () => {
    const shown = { filename: 'a"\r\n.pdf', contentType: 'application/pdf' };
    const link = new URL((await bucket().link?.('identity/a', 300, shown)) ?? '');
    expect(link.pathname).toBe('/identity/a');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      'X-Amz-Expires': '300',
      'response-content-type': 'application/pdf',
      'response-content-disposition': 'inline; filename="a___.pdf"',
    });
  });
});
