import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { staffKycDecision } from '../../shared/contracts/staff/kyc-decision.ts';
import { applyForLevel3 } from '../../shared/kyc/level-three.ts';
import type { ImageType } from '../../shared/kyc/record.ts';
import { createTable } from '../../shared/platform/table.ts';
import { testTable } from './engine.ts';
import type { Identity } from './identity.ts';
import { kycUseCases } from './kyc.ts';
import { testFoundation } from './test-platform.ts';

/** No branches are imported here, so any is taken, and shown by its code. */
export const BANK = { bankCode: '005', bankName: '臺灣土地銀行', branchCode: '0016', branchName: '0016' };

/** What staff find when they review: users with documents, under review or further. */
export const reviewCases = (identity: Identity) => {
  const { client, clock } = identity.resources;
  const kyc = kycUseCases(identity);
  const { commit, secrets } = testFoundation(staffKycDecision, identity.resources).platform;
  const { bankAccount } = secrets;
  const table = createTable(client, testTable('kyc'));

  /** What an upload leaves behind. */
  const upload = async (userId: string, type: ImageType) => {
    clock.advance(1);
    const at = clock.now();
    const image = { type, id: `${userId}_${at}`, objectKey: `identity/${type}-${at}`, filename: `${at}.jpg` };
    const seen = { contentType: 'image/jpeg', size: 61_516, status: 2, uploadedAt: at };
    const Item = { pk: `USER#${userId}`, sk: `IMAGE#${type}`, ...image, ...seen };
    await client.send(new PutCommand({ TableName: testTable('kyc'), Item }));
    return image;
  };

  const uploadAll = async (userId: string) => {
    for (const type of [1, 2, 3, 4, 5] as const) await upload(userId, type);
  };

  const apply2 = async (token: string) => {
    const applied = await kyc.apply2(await kyc.userOf(token));
    if (!applied.ok) throw new Error(`The application was answered ${applied.code}.`);
  };

  /** Applies for level 3, or for another account, with a proof that was uploaded before. */
  const apply3 = async ({ userId, token }: { userId: string; token: string }, account: string) => {
    await upload(userId, 6);
    const platform = { tables: { kyc: table }, secrets: { bankAccount }, commit, clock };
    const { bankCode: code, branchCode: branch } = BANK;
    const keep = () => Promise.resolve({ ok: true } as const);
    const applied = await applyForLevel3(platform, keep, await kyc.userOf(token), { code, branch, account });
    if (!applied.ok) throw new Error(`The application was answered ${applied.code}.`);
  };

  /** Somebody whose documents wait for staff. */
  const underReview = async () => {
    const one = await kyc.passedUser();
    await uploadAll(one.userId);
    await apply2(one.token);
    return one;
  };

  return { ...kyc, upload, uploadAll, apply2, apply3, underReview };
};
