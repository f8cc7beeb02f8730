import { ImageStatus } from '../contracts/enums.ts';
import type { Core, SecretWith, TableWith } from '../platform/platform.ts';
import { findBranch } from './bank-store.ts';
import { reasonsWithout } from './level-two.ts';
import { transition } from './levels.ts';
import { ACCOUNT_IMAGE, type KycUser, recordPlace } from './record.ts';
import { changeRecord, getOverview } from './record-store.ts';
import { queueReview } from './review-queue.ts';

/** The bank account that a user applies with. */
export interface AccountApplication<P> {
  readonly code: string;
  readonly branch: string;
  /** 6 to 16 digits. */
  readonly account: string;
  /** Without one, that which was uploaded before counts. */
  readonly proof?: P | undefined;
}

/** Checks the proof of an account and makes it the user's image of that type. */
export type KeepProof<P> = (
  user: KycUser,
  proof: P,
) => Promise<
  { readonly ok: true } | { readonly ok: false; readonly code: 'INVALID_FILE' | 'ILLEGAL_STATE' | 'UPDATE_FAILED' }
>;

interface LevelThreePlatform extends Pick<Core, 'commit' | 'clock'> {
  readonly tables: { readonly kyc: TableWith<'get' | 'batchGet' | 'put' | 'update'> };
  readonly secrets: { readonly bankAccount: SecretWith<'encrypt'> };
}

type Code = 'ILLEGAL_STATE' | 'BANK_ACCOUNT_MISSING' | 'IMAGE_MISSING' | 'INVALID_FILE' | 'UPDATE_FAILED' | 'KYC_STALE';
type Applied = { readonly ok: true; readonly data: null } | { readonly ok: false; readonly code: Code };

/**
 * Puts a bank account before staff (API 5.6). After level 3 is passed it asks for a change: the accepted account and
 * the level stay until staff decide. The proof is kept first, as an upload of its own: should the rest be refused, it
 * counts for the next try.
 */
export const applyForLevel3 = async <P>(
  { tables, secrets, commit, clock }: LevelThreePlatform,
  keepProof: KeepProof<P>,
  user: KycUser,
  { code, branch, account, proof }: AccountApplication<P>,
): Promise<Applied> => {
  const { userId, username } = user;
  const [{ record, images }, found] = await Promise.all([
    getOverview(tables.kyc, userId),
    findBranch(tables.kyc, code, branch),
  ]);
  const result = transition(record, { by: 'user', event: 'apply-level-3' });
  if (!record || !result.ok) return { ok: false, code: 'ILLEGAL_STATE' };
  if (!found) return { ok: false, code: 'BANK_ACCOUNT_MISSING' };
  // One that was accepted proves the account of before.
  const waits = images.get(ACCOUNT_IMAGE) === ImageStatus.UPLOADED;
  if (proof === undefined && !waits) return { ok: false, code: 'IMAGE_MISSING' };
  const [kept, sealed] = await Promise.all([
    proof === undefined ? { ok: true as const } : keepProof(user, proof),
    secrets.bankAccount.encrypt(account, recordPlace(userId, 'bankApplication.account')),
  ]);
  if (!kept.ok) return kept;
  const requestedAt = clock.now();
  const bankApplication = { ...found, account: sealed };
  const rejectReasons = reasonsWithout(record, [ACCOUNT_IMAGE]);
  const { committed } = await commit([
    changeRecord(tables.kyc, record, { ...result.next, bankApplication, requestedAt, rejectReasons }),
    queueReview(tables.kyc, { level: 3, userId, username, requestedAt }),
  ]);
  return committed ? { ok: true, data: null } : { ok: false, code: 'KYC_STALE' };
};
