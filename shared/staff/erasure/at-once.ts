import type { erasure } from '../../contracts/jobs.ts';
import { KycStatus } from '../../contracts/enums.ts';
import { apiKeyIndexKey, readIndex } from '../../identity/api-key/api-key-index.ts';
import { apiKeyKey } from '../../identity/api-key/api-key-store.ts';
import { factorKey } from '../../identity/factor/factor-store.ts';
import { attemptsPartition } from '../../identity/login-attempts.ts';
import { codeKey, mailTarget } from '../../identity/one-time-code.ts';
import { quotaKey } from '../../identity/quota-item.ts';
import { imageKey, type KycImage, listImages } from '../../kyc/image-item.ts';
import { putUnreferenced } from '../../kyc/images/unreferenced-store.ts';
import { ACCOUNT_IMAGE, type KycRecord, recordKey } from '../../kyc/record.ts';
import { getRecord } from '../../kyc/record-store.ts';
import { ledgerPartition } from '../../ledger/account.ts';
import { OUTBOX_SHARDS, shardKey } from '../../mail/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { drain, inOrder, keyOf, remove, type Step } from './drain.ts';

export type ErasingJob = Platform<(typeof erasure)['uses']>;

/** The index is what the keys are found by, so it goes last. */
const apiKeys =
  (platform: ErasingJob, userId: string): Step =>
  async (isOver) => {
    const { users } = platform.tables;
    const index = await readIndex(users, userId);
    const keys = Object.keys(index?.ends ?? {}).map(apiKeyKey);
    return inOrder([remove(platform, users, ...keys), remove(platform, users, apiKeyIndexKey(userId))])(isOver);
  };

const MAIL_PAGE = 100;

/** Mails are found by looking at all of them: an outbox is short, and who is erased has few. */
const mails =
  ({ tables, commit }: ErasingJob, userId: string): Step =>
  async (isOver) => {
    for (let shard = 0; shard < OUTBOX_SHARDS; shard += 1) {
      let sortFrom = '0';
      for (;;) {
        if (isOver()) return false;
        const page = { partition: shardKey(shard), sortPrefix: '', sortFrom, limit: MAIL_PAGE };
        const items = await tables.outbox.query(page);
        const own = items.filter((item) => item['userId'] === userId);
        await Promise.all(own.map((item) => commit([tables.outbox.delete(keyOf(item))])));
        if (items.length < MAIL_PAGE) break;
        sortFrom = `${String(items.at(-1)?.['sk'])}+`;
      }
    }
    return true;
  };

/** Images go as those do that another takes the place of: their objects are listed, and the sweeper deletes them. */
export const eraseImages =
  ({ tables, commit, clock }: ErasingJob, userId: string, isToGo: (image: KycImage) => boolean): Step =>
  async () => {
    const images = await listImages(tables.kyc, userId);
    for (const image of images.filter(isToGo)) {
      await commit([
        putUnreferenced(tables.kyc, { objectKey: image.objectKey, since: clock.now() }),
        tables.kyc.delete(imageKey(userId, image.type), {
          condition: 'objectKey = :seen',
          values: { ':seen': image.objectKey },
        }),
      ]);
    }
    return true;
  };

/** Whether nobody was ever asked to look at an image: its level was not applied for. */
const isDraft = (record: KycRecord | undefined, { type }: KycImage): boolean => {
  if (record?.verifiedIdentity === undefined) return true;
  return (type === ACCOUNT_IMAGE ? record.level3 : record.level2) === KycStatus.NOT_VERIFIED;
};

/** The record goes after the images, since it tells which of them are drafts. */
const drafts =
  (platform: ErasingJob, userId: string): Step =>
  async (isOver) => {
    const { kyc } = platform.tables;
    const record = await getRecord(kyc, userId);
    const wasVerified = record?.verifiedIdentity !== undefined;
    return inOrder([
      drain(platform, kyc, { partition: `USER#${userId}`, sortPrefix: 'UPLOAD#' }),
      eraseImages(platform, userId, (image) => isDraft(record, image)),
      ...(wasVerified ? [] : [remove(platform, kyc, recordKey(userId))]),
    ])(isOver);
  };

/** Everything of a user that goes when erasure is ordered: what `RETENTION` has as `at-once`. */
export const eraseAtOnce = (platform: ErasingJob, userId: string): Step => {
  const { users, ledger, ephemeral } = platform.tables;
  const ofUser = (sortPrefix: string): Step => drain(platform, users, { partition: `USER#${userId}`, sortPrefix });
  return inOrder([
    ofUser('SESSION#'),
    remove(platform, users, factorKey(userId)),
    apiKeys(platform, userId),
    ofUser('LOG#'),
    ofUser('BROWSER#'),
    drafts(platform, userId),
    mails(platform, userId),
    drain(platform, ephemeral, { partition: attemptsPartition(userId), sortPrefix: 'ADDRESS#' }),
    remove(
      platform,
      ephemeral,
      { pk: attemptsPartition(userId), sk: 'USER' },
      codeKey(mailTarget(userId)),
      quotaKey(userId),
    ),
    drain(platform, ledger, { partition: ledgerPartition(userId), sortPrefix: 'IDEMPOTENCY#' }),
  ]);
};
