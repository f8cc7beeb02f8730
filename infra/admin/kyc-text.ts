import type * as z from 'zod/mini';
import { KycImageType, KycStatus } from '../../shared/contracts/enums.ts';
import type { staffKycUser } from '../../shared/contracts/staff/kyc-user.ts';
import { facts, table, time } from './text.ts';

type Opened = z.output<typeof staffKycUser.data>;

/** A name of the code as people read it: ID_FRONT is id front. */
const read = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

const namesOf = (values: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(values).map(([name, value]) => [value, read(name)]));

const STATUSES = namesOf(KycStatus);
const IMAGES = namesOf(KycImageType);

/** Of an image, 3 is read as accepted and 1 as none. */
const IMAGE_STATUSES = new Map([
  [1, 'none'],
  [2, 'uploaded'],
  [3, 'accepted'],
  [4, 'to be sent again'],
]);

const named = (value: number, names: ReadonlyMap<number, string>): string => `${value} ${names.get(value) ?? ''}`;

const answersOf = ({ questionnaire }: Opened): readonly (readonly [string, string])[] =>
  Object.entries(questionnaire ?? {}).map(([question, { value, otherValue }]) => [
    question,
    otherValue === undefined ? value : `${value}: ${otherValue}`,
  ]);

const bankOf = ({ bankApplication }: Opened): readonly (readonly [string, string])[] => {
  if (!bankApplication) return [];
  const { bankCode, bankName, branchCode, branchName, account } = bankApplication;
  return [
    ['bank applied with', `${bankCode} ${bankName}`],
    ['branch', `${branchCode} ${branchName}`],
    ['account', account],
  ];
};

const GENDERS = new Map([
  [0, 'woman'],
  [1, 'man'],
]);

const screeningOf = ({ screening, transfersStopped }: Opened): string => {
  const found = screening
    ? `${screening.verdict}${screening.reviewed ? ', reviewed' : ''}, ${time(screening.at)}, edition ${screening.listVersion ?? '-'}`
    : '-';
  return transfersStopped ? `${found}; sends nothing until screened` : found;
};

const personOf = (opened: Opened): string =>
  facts([
    ['username', opened.username],
    ['user id', opened.userId],
    ['version', opened.version],
    ['level', opened.level],
    ['level 1', named(opened.statusLevel1, STATUSES)],
    ['level 2', named(opened.statusLevel2, STATUSES)],
    ['level 3', named(opened.statusLevel3, STATUSES)],
    ['review asked for', time(opened.requestedAt)],
    ['lists of sanctions', screeningOf(opened)],
    ['name', opened.name],
    ['gender', opened.gender === null ? null : named(opened.gender, GENDERS)],
    ['birthday', opened.birthday],
    ['identity number', opened.identityNumber],
    ['mobile phone', opened.mobilePhone],
    ...answersOf(opened),
    ...bankOf(opened),
  ]);

/** Links stand below the table, so that a terminal can open them whole. */
const documentsOf = ({ images, linksExpireAt }: Opened): readonly string[] => {
  if (images.length === 0) return ['No documents.'];
  const rows = images.map(({ type, status, contentType, size, uploadedAt, reason }) => [
    named(type, IMAGES),
    named(status, IMAGE_STATUSES),
    contentType,
    size,
    time(uploadedAt),
    reason,
  ]);
  return [
    table(['document', 'status', 'content', 'bytes', 'uploaded', 'rejected because'], rows),
    `Links, each good until ${time(linksExpireAt)}:`,
    ...images.map(({ type, url }) => `${type} ${url}`),
  ];
};

/** A record as a reviewer reads it. */
export const kycText = (opened: Opened): string => [personOf(opened), ...documentsOf(opened)].join('\n');
