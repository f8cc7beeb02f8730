import { PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomBytes, randomInt } from 'node:crypto';
import { applyLevel2 } from '../../shared/contracts/endpoints/kyc/apply-level-2.ts';
import { basicData } from '../../shared/contracts/endpoints/kyc/basic-data.ts';
import { checkMobile } from '../../shared/contracts/endpoints/kyc/check-mobile.ts';
import { status } from '../../shared/contracts/endpoints/kyc/status.ts';
import { verifyBasicData } from '../../shared/contracts/endpoints/kyc/verify-basic-data.ts';
import { TABLE_NAMES } from '../../shared/contracts/resources.ts';
import { setKycLevel } from '../../shared/identity/kyc-level.ts';
import { redeemTextedCode } from '../../shared/identity/text-code.ts';
import { userKey } from '../../shared/identity/user-store.ts';
import { submitBasicData } from '../../shared/kyc/basic-data.ts';
import { type Account, passLevelOne } from '../../shared/kyc/level-one.ts';
import { applyForLevel2 } from '../../shared/kyc/level-two.ts';
import { type StaffEvent, transition } from '../../shared/kyc/levels.ts';
import { checkMobileNumber } from '../../shared/kyc/mobile-check.ts';
import type { ImageType, KycUser } from '../../shared/kyc/record.ts';
import { changeRecord, getRecord } from '../../shared/kyc/record-store.ts';
import { viewStatus } from '../../shared/kyc/status-view.ts';
import { testTable } from './engine.ts';
import { freshName, type Identity } from './identity.ts';
import { testFoundation } from './test-platform.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1];

/** A national identity number of Taipei (A is 10) with a right check digit, made apart from the code under test. */
export const identityNumberOf = (serial: number): string => {
  const digits = `1${String(serial).padStart(7, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 1);
  return `A${digits}${(10 - (sum % 10)) % 10}`;
};

/** An identity number and a phone that nobody else is likely to have. */
export const freshIdentityNumber = (): string => identityNumberOf(randomInt(10_000_000));
export const freshPhone = (): string => `0912${String(randomInt(1_000_000)).padStart(6, '0')}`;

export const somePerson = (identityNumber = freshIdentityNumber()) => ({
  name: '林書得',
  gender: 1 as const,
  birthday: '1990/01/05',
  identityNumber,
});

export const QUESTIONNAIRE = {
  q1: { value: 'other', otherValue: 'savings' },
  q2: { value: 'no' },
  q3: { value: '1_to_3' },
  q4: { value: 'less_than_50' },
};

/** The use cases of KYC, over a test's engine. */
export const kycUseCases = ({
  resources,
  registerAs,
  attempt,
  verifyAs,
  callerOf,
  applyCode,
  inbox,
  clock,
}: Identity) => {
  const { client } = resources;

  /** Who is logged in with that token, as the next request sees the user. */
  const userOf = async (token: string): Promise<KycUser> => {
    const caller = await callerOf(token);
    if (!caller) throw new Error('The token is not good.');
    return caller.user;
  };

  /** Somebody who is registered, verified and logged in. */
  const someone = async () => {
    const name = freshName();
    await registerAs(name);
    await verifyAs(name, inbox.code(`${name}@example.com`));
    const login = await attempt(name);
    if (!login.ok) throw new Error(`The login was answered ${login.code}.`);
    const { token } = login;
    return { name, token, userId: (await userOf(token)).userId };
  };

  /** A user item and nothing else: for races of many. */
  const bareUser = async (): Promise<KycUser> => {
    const userId = randomBytes(16).toString('hex');
    const user = { userId, username: freshName(), kycLevel: 0 as const };
    await client.send(new PutCommand({ TableName: testTable('users'), Item: { ...userKey(userId), ...user } }));
    return user;
  };

  const submit = (user: Pick<KycUser, 'userId'>, person: Parameters<typeof submitBasicData>[2] = somePerson()) =>
    submitBasicData(testFoundation(basicData, resources).platform, user, person, 'en');

  const verifying = testFoundation(verifyBasicData, resources).platform;
  const account: Account = {
    redeem: (code) => redeemTextedCode(verifying, code),
    setLevel: (user, to) => setKycLevel(verifying.tables.users, user, to),
  };

  const pass = (user: KycUser, body: { mobilePhone: string; code: string }) =>
    passLevelOne(verifying, account, user, body);

  /** Passes without a texted code, since one number has one code at a time; the spending is a write of its own. */
  const passUntexted = (user: KycUser, mobilePhone: string) => {
    const spend = verifying.tables.kyc.put({ pk: `SPENT#${user.userId}`, sk: 'CODE' });
    const untexted: Account = { ...account, redeem: () => Promise.resolve(spend) };
    return passLevelOne(verifying, untexted, user, { mobilePhone, code: '000000' });
  };

  /** Has a code texted, and reads it. */
  const textedCode = async ({ name, userId }: { name: string; userId: string }, mobilePhone: string) => {
    const sent = await applyCode(name, { callerId: userId, mobilePhone });
    if (!sent.ok) throw new Error(`The text was answered ${sent.code}.`);
    return /\d{6}/.exec(inbox.texts.at(-1)?.text ?? '')?.[0] ?? '';
  };

  /** Somebody who passed level 1. */
  const passedUser = async ({ person = somePerson(), mobilePhone = freshPhone() } = {}) => {
    const one = await someone();
    await submit(one, person);
    const code = await textedCode(one, mobilePhone);
    const passed = await pass(await userOf(one.token), { mobilePhone, code });
    if (!passed.ok) throw new Error(`Level 1 was answered ${passed.code}.`);
    return { ...one, person, mobilePhone };
  };

  const putImage = (userId: string, type: ImageType, imageStatus = 2) => {
    const Item = {
      pk: `USER#${userId}`,
      sk: `IMAGE#${type}`,
      type,
      status: imageStatus,
      id: `${userId}_${clock.now()}`,
    };
    return client.send(new PutCommand({ TableName: testTable('kyc'), Item }));
  };

  const putDocuments = (userId: string, imageStatus = 2) =>
    Promise.all(([1, 2, 3, 4, 5] as const).map((type) => putImage(userId, type, imageStatus)));

  const apply2 = (user: KycUser, body: object = QUESTIONNAIRE) =>
    applyForLevel2(testFoundation(applyLevel2, resources).platform, user, applyLevel2.body.parse(body));

  const record = (userId: string) => getRecord(verifying.tables.kyc, userId);

  /** What staff decide, as far as record and user go. */
  const decide = async (userId: string, event: StaffEvent): Promise<void> => {
    const seen = await record(userId);
    const result = transition(seen, { by: 'staff', event });
    if (!seen || !result.ok) throw new Error(`Staff cannot ${event} here.`);
    await verifying.commit([changeRecord(verifying.tables.kyc, seen, result.next)]);
    const level = { UpdateExpression: 'SET kycLevel = :to', ExpressionAttributeValues: { ':to': result.kycLevel } };
    await client.send(new UpdateCommand({ TableName: testTable('users'), Key: { ...userKey(userId) }, ...level }));
  };

  /** The user's applications of a level that wait for staff. */
  const waitingReviews = async (level: 2 | 3, userId: string) => {
    const queue = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': `REVIEW#${level}` } };
    const { Items = [] } = await client.send(new QueryCommand({ TableName: testTable('kyc'), ...queue }));
    return Items.filter((item) => item['userId'] === userId);
  };

  /** Everything that is stored anywhere, as one text. */
  const everythingStored = async (): Promise<string> => {
    const scans = await Promise.all(
      TABLE_NAMES.map((table) => client.send(new ScanCommand({ TableName: testTable(table) }))),
    );
    return JSON.stringify(
      scans.map(({ Items }) => Items),
      (_key, value: unknown) => (value instanceof Set ? [...value] : value),
    );
  };

  return {
    userOf,
    someone,
    bareUser,
    submit,
    pass,
    passUntexted,
    textedCode,
    passedUser,
    putImage,
    putDocuments,
    apply2,
    record,
    decide,
    waitingReviews,
    everythingStored,
    check: (mobilePhone: string, callerId?: string) =>
      checkMobileNumber(
        testFoundation(checkMobile, resources).platform,
        { mobilePhone },
        {
          callerId,
          admitted: Promise.resolve(),
        },
      ),
    status: async (token: string) => viewStatus(testFoundation(status, resources).platform, await userOf(token)),
  };
};
