import { freeze } from '../../../shared/contracts/endpoints/account/freeze.ts';
import { applyLevel3 } from '../../../shared/contracts/endpoints/kyc/apply-level-3.ts';
import { image } from '../../../shared/contracts/endpoints/kyc/image.ts';
import { imageUploadUrl } from '../../../shared/contracts/endpoints/kyc/image-upload-url.ts';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { ledgerReconciler } from '../../../shared/contracts/jobs.ts';
import { newFreezeCode } from '../../../shared/identity/freeze-code.ts';
import { startUpload } from '../../../shared/kyc/images/presigned.ts';
import { submitImage } from '../../../shared/kyc/images/submission.ts';
import { applyForLevel3 } from '../../../shared/kyc/level-three.ts';
import type { ImageType } from '../../../shared/kyc/record.ts';
import { keepAnswer } from '../../../shared/ledger/idempotency-store.ts';
import { reconcile } from '../../../shared/ledger/verify/reconcile.ts';
import type { BucketService } from '../../../shared/platform/bucket-service.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { apiKeyUseCases } from '../api-keys.ts';
import { codeAt, STEP } from '../authenticator.ts';
import { bankOf, bankStaffOn } from '../banks.ts';
import { bookingUseCases } from '../bookings.ts';
import { erasureUseCases } from '../erasure.ts';
import { emailOf, freshName, type Identity, WRONG_PASSWORD } from '../identity.ts';
import { checksOf } from '../kyc-document-use-cases.ts';
import { reviewCases } from '../kyc-review.ts';
import type { Member } from '../ledger.ts';
import { staffOn } from '../staff.ts';
import { testFoundation, testJobFoundation } from '../test-platform.ts';
import { transferUseCases } from '../transfers.ts';
import { idIn, walletOperationUseCases } from '../wallet-operations.ts';
import type { Facts } from './fixtures.ts';

/** Land Bank of Taiwan, with the branch that the journey imports. */
const BANK = { code: '005', branch: '0061' } as const;

const BYTES = Buffer.from('a document');

/** Takes everything and keeps nothing. */
const buckets: BucketService = {
  open: () => () => ({
    put: () => Promise.resolve(),
    form: () => Promise.resolve({ url: 'https://bucket.example', fields: {} }),
  }),
};

interface Done {
  readonly ok: boolean;
}

/** @throws Error when a step of the journey was refused. */
const done = async <T extends Done>(step: string, result: Promise<T>): Promise<Extract<T, { readonly ok: true }>> => {
  const settled = await result;
  if (isDone(settled)) return settled;
  throw new Error(`${step} was refused: ${JSON.stringify(settled)}.`);
};

const isDone = <T extends Done>(result: T): result is Extract<T, { readonly ok: true }> => result.ok;

/** What people do before they have money. */
const becomeCustomer = async (identity: Identity) => {
  const { resources, clock } = identity;
  const cases = reviewCases(identity);
  const staff = staffOn(resources);
  const over = { ...resources, buckets };
  const documents = testFoundation(image, over).platform;
  const one = await cases.passedUser();
  const upload = (type: ImageType) => {
    clock.advance(1);
    return done(
      `Document ${type}`,
      submitImage(documents, checksOf(), { userId: one.userId, type, bytes: BYTES, at: clock.now(), along: [] }),
    );
  };
  // The first is sent twice, so that one object waits for the sweep.
  for (const type of [1, 1, 2, 3, 4, 5] as const) await upload(type);
  const started = { type: 1, size: BYTES.length, contentType: 'image/png' } as const;
  await done('An upload', startUpload(testFoundation(imageUploadUrl, over).platform, one.userId, started));
  await cases.apply2(one.token);
  await done('Level 2', staff.decide(one.name, { level: 2, decision: 'approve', reason: 'In order.' }));
  const applying = testFoundation(applyLevel3, over).platform;
  const apply3 = async (account: string) => {
    await upload(6);
    const keep = () => Promise.resolve({ ok: true } as const);
    const asked = { code: BANK.code, branch: BANK.branch, account };
    await done('Level 3', applyForLevel3(applying, keep, await cases.userOf(one.token), asked));
  };
  await apply3('60090100005777');
  await done('Level 3', staff.decide(one.name, { level: 3, decision: 'approve', reason: 'In order.' }));
  // Another account, which waits for staff.
  await apply3('60090100005888');
  return one;
};

/** A second factor, recovery codes, an API key, and a link that freezes the account. */
const secure = async (identity: Identity, { name, token, userId }: { name: string; token: string; userId: string }) => {
  const { resources, clock, attempt } = identity;
  const keys = apiKeyUseCases(identity);
  await attempt(name, WRONG_PASSWORD);
  const key = await keys.factor.appliedKey(token);
  await done('The binding', keys.factor.bind(token, key, codeAt(key, clock.now())));
  clock.advance(2 * STEP);
  const code = () => codeAt(key, clock.now());
  await keys.reauthenticate({ token, code });
  const recovery = await done('Recovery', keys.factor.recovery(token));
  const { apiKey, secret } = await keys.made(token, { scopes: ['read', 'trade'] });
  await done('A second login', attempt(name));
  const { tables, commit } = testFoundation(freeze, resources).platform;
  const link = newFreezeCode(tables.users, systemRandom, clock.now(), userId);
  await commit([link.write]);
  return { key, code, apiKey: { apiKey, secret }, recoveryCode: recovery.data.codes[0] ?? '', freezeCode: link.code };
};

/** Money that comes and goes in every way, and what of it waits. */
const spend = async (identity: Identity, from: Member, to: Member) => {
  const { resources, clock } = identity;
  const bookings = bookingUseCases(() => identity);
  const transfers = transferUseCases(identity);
  const wallet = walletOperationUseCases(resources);
  const { name, userId } = from;
  const deposit = { username: name, asset: 'USDT', amount: '100', txHash: 'ab'.repeat(32) } as const;
  await done('A deposit', bookings.deposit(deposit));
  await done('A deposit', bookings.deposit({ username: name, asset: 'TWD', amount: '1000', bankRef: 'A-1' }));
  const awaiting = 'A-2';
  await done('A deposit', bookings.deposit({ username: name, asset: 'TWD', amount: '300001', bankRef: awaiting }));
  await done('An adjustment', bookings.adjust(name, { asset: 'TWD', amount: '-1', idempotencyKey: 'k-1' }));
  const send = async (amount: string, key?: string) => {
    clock.advance(2 * STEP);
    const kept = { fingerprint: 'f', answer: '{}' };
    const record = () => (key === undefined ? [] : [keepAnswer(transfers.table, { userId, key }, kept, clock.now())]);
    return (await done('A transfer', transfers.send(from, to, amount, { record }))).data;
  };
  const linked = async (amount: string, key?: string) => {
    const id = await send(amount, key);
    await done('The link', transfers.follow(from, await transfers.linkOf(from)));
    return id;
  };
  await done('The end', transfers.confirm(from, await linked('10', 'rent')));
  await done('The end', transfers.cancel(from, await send('11')));
  const mailConfirmed = await linked('12');
  const created = await send('13');
  const linkCode = await transfers.linkOf(from);
  await wallet.setPrices({ USDT: '32', BTC: '2750000', USD: '31.8', ETH: '95000' });
  const caller = await from.caller();
  const usdt = (more: object) => [{ wallet: 'SPOT@', asset: 'USDT', ...more }];
  const convert = { operation: 'CONVERT', fromWallet: usdt({ amount: '5' }), toAsset: 'TWD' };
  idIn(await wallet.operate(caller, convert));
  clock.advance(1);
  const pay = {
    operation: 'PAY_FOR_SERVICE',
    receiver: 'test-shop',
    fromWallet: usdt({}),
    toAsset: 'TWD',
    toAmount: '50',
  };
  idIn(await wallet.operate(caller, pay));
  return { awaiting, mailConfirmed, created, linkCode };
};

/** Somebody who has left, and whose erasure was ordered by two. */
const leave = async (identity: Identity) => {
  const { name } = await reviewCases(identity).someone();
  const staff = staffOn(identity.resources);
  await done('The closing', staff.setStatus(name, UserStatus.DELETED));
  await done('The order', erasureUseCases(identity).orderByTwo(name));
  const held = await reviewCases(identity).someone();
  await done('The hold', erasureUseCases(identity).hold(held.name, true));
  await done('The standing', staff.setVip(held.name, true, '0.0005'));
  return { name };
};

/** A day of the system that leaves an item of every kind in its tables. */
export const liveYesterday = async (identity: Identity): Promise<Facts> => {
  const { resources, clock } = identity;
  await bankStaffOn(resources).importBanks(bankOf(BANK.code, '臺灣土地銀行', BANK.branch));
  const receiver = await transferUseCases(identity).member();
  const { name, userId, token, person } = await becomeCustomer(identity);
  const secured = await secure(identity, { name, token, userId });
  const { key, code, apiKey, recoveryCode, freezeCode } = secured;
  const caller = () => apiKeyUseCases(identity).factor.caller(token);
  const sender = { name, userId, token, email: emailOf(name), key, code, wrong: code, caller };
  const money = await spend(identity, sender, receiver);
  const leaver = await leave(identity);
  const newcomer = { name: freshName() };
  await done('A registration', identity.registerAs(newcomer.name, { unsent: true }));
  await reconcile(testJobFoundation(ledgerReconciler, resources).platform, {});
  const to = { name: receiver.name, userId: receiver.userId, token: receiver.token, key: receiver.key };
  const from = { name, userId, token, key, apiKey, recoveryCode, holder: person.name };
  return { at: clock.now(), sender: from, receiver: to, leaver, newcomer, freezeCode, ...money };
};
