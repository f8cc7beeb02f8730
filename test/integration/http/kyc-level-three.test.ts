import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as pdfPictures from '../../support/documents/pdf-pictures.ts';
import * as pdfs from '../../support/documents/pdfs.ts';
import * as pictures from '../../support/documents/pictures.ts';
import { documentsOf, sweepDocuments } from '../../support/kyc-documents.ts';
import { kycJourneyOn } from '../../support/kyc-journey.ts';
import { serverTiming } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const TIMEOUT_MS = 120_000;

const APPLY = '/v1/kyc/apply_level_3';
const ACCOUNT = { code: '005', branch: '0016', account: '60090100005777' };

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('level 3 over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let documents: ReturnType<typeof documentsOf> | undefined;
  const bucket = () => (documents ??= documentsOf(live.stack));
  afterAll(() => documents?.close());

  it(
    'is applied for with a form, passed by staff, and shows the account; another account is applied for after it',
    async () => {
      const { atLevelTwo, decide } = kycJourneyOn(live);
      const { username, token, form, read, send } = await atLevelTwo();
      const before = await bucket().keys();
      expect(await form(APPLY, ACCOUNT)).toMatchObject({ code: -2, msg: 'Missing image.' });
      expect(await form(APPLY, ACCOUNT, Buffer.from('text'))).toMatchObject({ code: -2, msg: 'Invalid file.' });
      expect(await form(APPLY, { ...ACCOUNT, code: '999' }, await pictures.png())).toMatchObject({
        code: -2,
        msg: 'Missing bank account.',
      });
      expect(await form(APPLY, ACCOUNT, await pictures.turnedWithGps())).toEqual({
        code: 1,
        msg: 'Success',
        time: expect.any(Number),
        data: null,
        success: true,
      });
      const [key = '', ...others] = (await bucket().keys()).filter((one) => !before.includes(one));
      expect(others).toEqual([]);
      const { bytes, type } = await bucket().read(key);
      expect(type).toBe('image/jpeg');
      expect(bytes.toString('latin1')).not.toContain('CANARY');
      expect(await read('/v1/kyc/status')).toMatchObject({
        data: { level: 2, statusLevel3: 2, bankAccountVerification: 2 },
      });
      expect(await form(APPLY, ACCOUNT, await pictures.png())).toMatchObject({ code: -19 });
      await decide(username, 3);
      expect(await read('/v1/kyc/status')).toMatchObject({ data: { level: 3, statusLevel3: 3 } });
      expect(await send('/v1/user/bank_accounts', {})).toMatchObject({ data: [{ ...accountOf(ACCOUNT) }] });

      const another = { ...ACCOUNT, account: '60090100009999' };
      expect(await form(APPLY, another, await pdfs.pdf(pdfPictures.withTellingJpeg))).toMatchObject({ code: 1 });
      expect(await read('/v1/kyc/status')).toMatchObject({ data: { level: 3 } });
      expect(await send('/v1/user/bank_accounts', {})).toMatchObject({ data: [{ ...accountOf(ACCOUNT) }] });
      await decide(username, 3);
      const { data } = await send('/v1/user/bank_accounts', {});
      expect(data).toContainEqual(expect.objectContaining(accountOf(another)));
      for (const service of ['dynamodb', 'kms']) await live.stack.fault({ service, mode: 'slow', delayMs: 50 });
      const listed = serverTiming(
        await live.stack.call('POST', '/v1/user/bank_accounts', { headers: { token }, body: {} }),
      );
      for (const service of ['dynamodb', 'kms']) await live.stack.fault({ service, mode: 'none' });
      expect(listed).toMatchObject({
        calls: expect.arrayContaining([expect.stringMatching(/^Decrypt /)]),
        sequential: 2,
      });

      const stored = await bucket().keys();
      expect(digest((await bucket().read(key)).bytes)).toBe(digest(bytes));
      await sweepDocuments(live.stack);
      // The proof of the account before is the one that was replaced.
      expect(await bucket().keys()).toEqual(stored.filter((one) => one !== key));
    },
    TIMEOUT_MS,
  );
});

/** What bank_accounts shows of an account that was applied for. */
const accountOf = ({ code, account }: typeof ACCOUNT) => ({ code, account, accountHolder: '林書得' });
