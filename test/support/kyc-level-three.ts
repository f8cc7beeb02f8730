import { applyLevel3 } from '../../shared/contracts/endpoints/kyc/apply-level-3.ts';
import { applyForLevel3, type KeepProof } from '../../shared/kyc/level-three.ts';
import type { KycUser } from '../../shared/kyc/record.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

/** What the use case needs of it; what keeps proofs needs more. */
const applying = {
  ...applyLevel3,
  uses: { kyc: ['get', 'batchGet', 'put', 'update'], secrets: { bankAccount: ['encrypt'] } },
} as const;

/** Land Bank of Taiwan, which is built in; its branches are not, so that any is taken. */
export const ACCOUNT = { code: '005', branch: '0061', account: '60090100005777' } as const;

/** Applications for level 3 whose proofs are words: `good` ones are kept. */
export const levelThreeOn = (resources: TestResources) => {
  const { platform } = testFoundation(applying, resources);
  const { tables, commit } = platform;
  const keep: KeepProof<string> = async ({ userId }, proof) => {
    if (proof !== 'good') return { ok: false, code: 'INVALID_FILE' };
    await commit([tables.kyc.put({ pk: `USER#${userId}`, sk: 'IMAGE#6', type: 6, status: 2 })]);
    return { ok: true };
  };
  return (user: KycUser, change: { code?: string; branch?: string; proof?: string | undefined } = {}) =>
    applyForLevel3(platform, keep, user, { ...ACCOUNT, proof: 'good', ...change });
};
